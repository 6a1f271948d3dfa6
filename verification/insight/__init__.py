"""What the desk did, counted: throughput, time, agreement, balance."""
