from tests.access.answers import (
    NO_SUCH_METHOD,
    Answer,
    everyone,
    leads,
    shows,
    signed_in,
)

ROWS = {
    ("accounts:account", "GET"): signed_in(shows("Your username is")),
    ("accounts:account", "POST"): signed_in(leads("/account/")),
    ("accounts:who", "GET"): everyone(
        shows("Sign in"),
        student=shows("Sam"),
        classmate=shows("Kim"),
        other_student=shows("Robin"),
        teacher=shows("Ms Field"),
        co_teacher=shows("Mx Brook"),
        other_teacher=shows("Mr Hill"),
        former_teacher=shows("Mr Past"),
        guardian=shows("Alex"),
        other_guardian=shows("Toni"),
        admin=shows("Office"),
    ),
    ("accounts:who", "POST"): everyone(NO_SUCH_METHOD),
    ("accounts:recovery_words", "GET"): signed_in(
        shows("Six words that let you back in")
    ),
    ("accounts:recovery_words", "POST"): signed_in(shows("Your six recovery words")),
    ("accounts:recover", "GET"): everyone(
        leads("/"), signed_out=shows("Back into your account")
    ),
    ("accounts:recover", "POST"): everyone(
        leads("/"), signed_out=Answer(422, "This field is required")
    ),
    ("classrooms:seen_by", "GET"): signed_in(
        shows("Nobody but you", lacks="Ms Field, a teacher"),
        student=shows("Ms Field, a teacher of Room 12", lacks="Mr Hill"),
        classmate=shows("Ms Field, a teacher of Room 12", lacks="Alex"),
        other_student=shows("Mr Hill, a teacher of Room 7", lacks="Ms Field"),
    ),
    ("classrooms:seen_by", "POST"): signed_in(NO_SUCH_METHOD),
    ("account_login", "GET"): everyone(
        leads("/"), signed_out=shows("<h1>Sign in</h1>")
    ),
    ("account_login", "POST"): everyone(
        leads("/"), signed_out=Answer(422, "This field is required")
    ),
    ("account_logout", "GET"): everyone(
        shows("<h1>Sign out?</h1>"), signed_out=leads("/")
    ),
    ("account_logout", "POST"): everyone(leads("/")),
    ("account_signup", "GET"): everyone(
        leads("/"), signed_out=shows("<h1>Sign up</h1>")
    ),
    ("account_signup", "POST"): everyone(
        leads("/"), signed_out=Answer(422, "This field is required")
    ),
    ("account_change_password", "GET"): signed_in(shows("Your password now")),
    ("account_change_password", "POST"): signed_in(shows("This field is required")),
}
