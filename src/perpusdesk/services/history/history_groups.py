"""What people do, by kinds: for narrowing the history."""

from __future__ import annotations

from typing import Final

GROUPS: Final[dict[str, frozenset[str]]] = {
    "lending": frozenset(
        {
            *("lend", "lend_backdated", "return", "return_backdated", "renew", "read_on_site"),
            *("open_kit", "add_to_kit", "claim_returned", "end_claim"),
            *("report_lost", "report_damaged", "report_found", "report_replaced"),
        }
    ),
    "visits": frozenset(
        {
            *("count_visit", "count_party", "save_booking", "step_booking", "begin_stop"),
            *("end_stop", "save_stop", "retire_stop", "save_room", "retire_room"),
            *("set_visit_profile", "set_guest_book"),
        }
    ),
    "holds": frozenset(
        {"place_hold", "cancel_hold", "set_aside", "release_hold", "expire_holds"},
    ),
    "members": frozenset(
        {
            *("register_member", "edit_member", "set_photo", "remove_photo", "write_note"),
            *("extend_membership", "block_member", "lift_block", "merge_members"),
        }
    ),
    "money": frozenset(
        {"payment", "waiver", "charge", "replacement", "refund", "fine", "cancelled"}
    ),
    "titles": frozenset(
        {
            *("add_title", "edit_title", "remove_title", "put_back_title", "merge_titles"),
            *("set_cover", "remove_cover", "attach_file", "edit_attachment", "remove_attachment"),
            *("save_heading", "remove_heading", "apply_heading", "import_headings", "import"),
            *("save_subscription", "remove_subscription", "expect_issues", "add_issue"),
            *("receive_issue", "edit_issue", "remove_issue"),
        }
    ),
    "copies": frozenset(
        {
            *("add_copies", "edit_copy", "edit_copies", "remove_copies", "mark_copy"),
            *("send_copies", "receive_copy", "cancel_sending"),
            *("propose_weeding", "drop_weeding", "weed_copies"),
        }
    ),
    "stock": frozenset(
        {
            *("start_stock_count", "discard_stock_count", "end_stock_count", "reopen_stock_count"),
            *("stock_scan", "stock_file", "remove_stock_scan", "restore_found"),
        }
    ),
    "rules": frozenset(
        {
            *("keep_closure", "add_closure", "set_house_rule", "set_copy_servers", "keep_sheet"),
            *("save_template", "remove_template", "set_call_prefixes", "set_number_template"),
            *("set_buying_rule", "set_budget", "enter_figure", "count_use", "close_month"),
            *("keep_report", "remove_report", "schedule_report", "drop_schedule"),
            "write_scheduled",
            *("set_class_colours", "remove_sheet", "set_up", "demo"),
            *("add_branch", "edit_branch", "remove_branch", "put_back_branch"),
        }
    ),
    "staff": frozenset(
        {
            *("add_staff", "edit_staff", "set_pin", "remove_pin", "deactivate_staff"),
            *(
                "reactivate_staff",
                "recover_account",
                "choose_pin",
                "keep_pin_anew",
                "recovery_code",
            ),
        }
    ),
    "devices": frozenset(
        {
            *("enrol_device", "revoke_device", "allow_device", "accept_quarantine", "cap_clock"),
            *("settle_conflict", "salvage", "contact_days", "move_device"),
        }
    ),
    "privacy": frozenset(
        {
            *("hand_out", "give_consent", "withdraw_consent", "set_identity", "remove_identity"),
            *("restrict_member", "end_restriction", "copy_data", "receive_request"),
            *("close_request", "open_breach", "edit_breach", "set_privacy", "erase_member"),
            *("carry_out_erasures", "cut_history"),
        }
    ),
    "service": frozenset(
        {
            *("register_complaint", "edit_complaint", "answer_complaint", "close_complaint"),
            *("reopen_complaint", "erase_outsider", "log_reference", "add_wish", "edit_wish"),
            *("vote_wish", "decide_wish", "propose_improvement", "plan_improvement"),
            *("move_improvement", "remove_improvement", "set_service_lists"),
            "set_phone_offers",
        }
    ),
    "surveys": frozenset(
        {
            *("save_survey_form", "remove_survey_form", "publish_survey_form", "start_survey"),
            *("edit_survey", "close_survey", "reopen_survey", "remove_survey", "answer_survey"),
        }
    ),
    "undo": frozenset({"undo"}),
}
"""By name of the group: its verbs; a verb that is in none is only found without narrowing."""
