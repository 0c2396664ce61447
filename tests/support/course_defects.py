# SPDX-License-Identifier: MIT
"""What tests/*/*_seed.py share. They show by the Python course's code what the C++ tests beside them say of it."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))  # course.py has the course's code


def raises(kind, call, *arguments):
    """Whether a call raises an exception of that kind."""
    try:
        call(*arguments)
    except kind:
        return True
    return False


def tell(shown):
    """Prints what was shown, by its description; ends the program, with failure if something was not."""
    for what, is_shown in shown.items():
        print(f"{'shown' if is_shown else 'NOT SHOWN'}: {what}")
    sys.exit(0 if shown and all(shown.values()) else 1)
