"""The catalogue at the desk's reach: titles, their copies, who waits."""
