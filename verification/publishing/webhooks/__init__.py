"""Other newsrooms and programs told by signed requests what was published, as Standard Webhooks has it."""
