"""What is done again and again while nobody asks; times are in seconds."""

SCHEDULE = {
    "clear expired sessions": {
        "task": "tendril.accounts.tasks.clear_expired_sessions",
        "schedule": 24 * 60 * 60,
    },
    "erase whose week has passed": {
        "task": "tendril.accounts.tasks.erase_due",
        "schedule": 60 * 60,
    },
    "drop copies that have expired": {
        "task": "tendril.accounts.tasks.drop_expired_copies",
        "schedule": 60 * 60,
    },
    "forget lists of students that nobody has confirmed": {
        "task": "tendril.classrooms.tasks.forget_old_rosters",
        "schedule": 60 * 60,
    },
    "drop slips that nobody has used": {
        "task": "tendril.classrooms.tasks.drop_old_slips",
        "schedule": 24 * 60 * 60,
    },
    "find answers that a better key has not marked": {
        "task": "quizzes.tasks.sweep_marks",
        "schedule": 5 * 60,
    },
    "let come back what was missed before it could": {
        "task": "quizzes.tasks.learn_forgotten",
        "schedule": 60 * 60,
    },
    "send the weekly mail to families": {
        "task": "quizzes.tasks.send_digests",
        "schedule": 60 * 60,
    },
    "remind students of what is due": {
        "task": "quizzes.tasks.send_reminders",
        "schedule": 60 * 60,
    },
    "show that the tutor's rules work": {
        "task": "tutor.tasks.probe",
        "schedule": 5 * 60,
    },
    "answer what a worker has left": {
        "task": "tutor.tasks.sweep",
        "schedule": 60,
    },
    "erase questions as old as the notice says": {
        "task": "tutor.tasks.forget",
        "schedule": 24 * 60 * 60,
    },
    "send the second mail of a consent by mail": {
        "task": "tutor.tasks.confirm_links",
        "schedule": 60,
    },
    "say that a consent to the tutor ends soon": {
        "task": "tutor.tasks.remind_of_ends",
        "schedule": 6 * 60 * 60,
    },
    "hand in quizzes that ran out of time": {
        "task": "quizzes.tasks.close_overdue",
        "schedule": 60,
    },
}
