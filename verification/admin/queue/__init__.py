"""The list of cases: filters, tabs, assignment, planning."""
