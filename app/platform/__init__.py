"""The operator of the platform: opening and suspending cooperatives, the city's people."""
