"""The sentences that desktop, command line and server share: refusals, faults, actions."""
