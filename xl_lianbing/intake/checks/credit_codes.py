"""统一社会信用代码 (GB 32100-2015): 18 figures and letters, the last a check digit."""

from __future__ import annotations

from operator import mul

_CODE_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_CODE_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)


def adds_up(code: str) -> bool:
    """Whether a code is plainly right (GB 32100-2015), so that only the others are looked at closely."""
    try:
        values = [_CODE_VALUES[sign] for sign in code]
    except KeyError:
        return False
    return len(values) == 18 and max(values[:8]) <= 9 and sum(map(mul, values, _CODE_WEIGHTS)) % 31 == 0


def credit_code_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码 (18 figures and letters, the last a check digit), else ''."""
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    try:
        uscc.validate(code)
    except InvalidLength:
        return f"应为18位，现为{len(uscc.compact(code))}位"
    except InvalidChecksum:
        return "校验位不对，可能有一位抄错"
    except ValidationError:
        return "含有不该出现的字符"
    return ""
