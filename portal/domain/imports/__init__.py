"""Taking in the files of the Office's software: the stock, the people, the leases, the accounts and the orders."""
