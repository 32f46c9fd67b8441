"""The composition root: builds settings, library, services and windows; knows everybody."""

# from perpusdesk.app.entry import bench_window, play_demo, run_demo, run_desktop


