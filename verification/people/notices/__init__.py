"""What people are told of what happens to cases: kinds, how each is made from the log, the desk's list, and mails."""
