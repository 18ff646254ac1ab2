"""What the states of the orders mean."""

# still to be done, or under way
AHEAD = ("emis", "notifie", "en_cours", "rendez_vous")
