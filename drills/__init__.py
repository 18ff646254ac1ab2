"""The long exercises, outside the tests: `script/drills`, one function an exercise."""
