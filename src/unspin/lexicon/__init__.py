"""The reverse-synonym table: reading wordlists, inflecting, inverting, looking up."""
