"""What planners do with the plan: report, compute, close a quarter. Pages and commands call these."""
