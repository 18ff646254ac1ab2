"""Our budgets, as ratios measured side by side in one run: `script/bench`, one function a measure."""
