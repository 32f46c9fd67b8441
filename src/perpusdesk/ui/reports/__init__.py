"""The tabs of reports: packs that are handed in, own reports, and figures that are typed in."""
