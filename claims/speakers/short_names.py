"""First names that can be short for another."""

from typing import Final

_SHORT: Final = """
abby:abigail al:albert,alan,alfred alex:alexander,alexandra andy:andrew angie:angela becky:rebecca bella:isabella
ben:benjamin bernie:bernard beth:elizabeth betty:elizabeth bill:william billy:william bob:robert bobby:robert
cathy:catherine charlie:charles chris:christopher,christine,christina chuck:charles cindy:cynthia dan:daniel
danny:daniel dave:david deb:deborah debbie:deborah dick:richard don:donald ed:edward,edwin,edgar eddie:edward
fred:frederick gerry:gerald,gerard greg:gregory harry:harold,henry hank:henry jack:john jake:jacob
jeff:jeffrey jenny:jennifer jerry:gerald,jeremy jim:james jimmy:james joe:joseph joey:joseph johnny:john jon:jonathan
josh:joshua kate:katherine,catherine kathy:katherine,kathleen katie:katherine ken:kenneth larry:lawrence
leo:leonard,leonardo liz:elizabeth maggie:margaret mandy:amanda matt:matthew max:maximilian meg:margaret mick:michael
mike:michael mitch:mitchell nick:nicholas nikki:nicole pat:patrick,patricia patty:patricia peggy:margaret
pete:peter phil:philip ray:raymond rick:richard rob:robert ron:ronald sally:sarah sam:samuel,samantha sandy:sandra
steve:stephen,steven sue:susan ted:edward,theodore terry:terence,theresa tim:timothy tina:christina toby:tobias
tom:thomas tommy:thomas tony:anthony,antonio val:valerie vicky:victoria walt:walter wes:wesley will:william zach:zachary
"""
_LONG: Final = {
    short: frozenset(long.split(",")) for short, _colon, long in (each.partition(":") for each in _SHORT.split())
}


def may_be_short(short: str, long: str) -> bool:
    """Tell whether a first name (in small letters) is a usual short form of another."""
    return long in _LONG.get(short, ())
