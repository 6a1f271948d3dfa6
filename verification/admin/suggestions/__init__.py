"""How good the machine's suggestions are, told by what people decided afterwards."""
