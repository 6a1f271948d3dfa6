"""The REST API: what is published for everybody, and with a token what its person may do at the desk."""
