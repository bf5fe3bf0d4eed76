"""One package for each way in. They share nothing but the core, the sealing and the verb `run`."""
