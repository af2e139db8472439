"""Time that is spoken of, and time that is asked for; now is Tuesday 24 November 2026, 10:00."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bots.conversation import asides, times
from bots.conversation.words import blank

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)

SPOKEN_OF = """
baby group near SW4 7EU my little one is 5 months
everyone says i should be happy hes 9 weeks old but i cant stop crying
HV: 26yo mum PND, baby 4/12, SW2
baby 6/12 sleep
my son gets out of armley jail in a fortnight, who can help him get sorted
caught covid 2 yrs ago and i still cant get up the stairs
debt advice for a client, cant do mornings
yoga class but not sundays
choir, i cant make fridays
landlord wants us out in 2 months he sent a section 21
not right since hospital
payday isnt til tuesday and the cupboards are bare
i finish work at half 5 and need someone to have my 6yr old after school
bailiffs letter came today what do i do
sat in my coat indoors cos i darent put the heating on
worried dad will fall in the night and nobody will know
lost my wife in the spring and the evenings are the worst
me and my husband are raising our grandson now near lampeter
what do i do now
cant afford to eat this week bs5
had a baby 3 months ago and i cry all day
still exhausted a year after covid
scared to open them
letters i darent open
afraid to open the post
my dog died last week
mum died on friday and i cant cope
got evicted yesterday
i have an interview on friday and no clothes
dont get paid till friday
benefits stopped this week
bailiffs coming on thursday
hes out of prison next week
baby due in 3 weeks
im 12 weeks pregnant
10 weeks post partum and low
clean for 6 weeks want to stay that way
waiting 18 weeks for an assessment
been waiting 2 years for camhs
3 weeks behind with rent
we moved here a month ago
my husband works nights and im lonely
i work monday to friday
finish at 6 every day
kids finish school at 3
just sat here crying
hes always sat watching telly
im sat alone all day
nights are the hardest
weekends are really lonely
sundays are so long
cant sleep at night
he wakes up in the night
up all night with the baby
she wanders at night
cold at night no heating
on my own now
widowed now and lonely
hes 3 now and not talking
im retired now
struggling at the moment with food
im currently homeless
at the minute im sofa surfing
no money this month
worried about this winter
skint this week nothing in
started a new job on monday
lost my job last week
pregnant at 16
diagnosed at 40
my mum had a stroke in march
2 strokes in 6 months
we've had no hot water for 3 days
not eaten for 2 days
haven't eaten in two days
4/12 old baby
5 month old baby
18 months sober
out of work for years
day to day help
one day at a time
a couple of months ago
after 2 miscarriages
after 2 c sections
on the 3rd miscarriage
i gave birth 5 weeks ago
funeral is on tuesday
cut off until monday
since christmas ive been low
im getting the bus pass at 60
he left me last night
only eaten once this week
been sleeping in my car for a week
8 weeks old kitten
in the sun too long
after 3 miscarriages
in the next 2 weeks hes due home
open a bank account
help to open a bank account
cant open jars arthritis
i was 6 months pregnant
"""
ASKED_FOR = """
library now
now
food bank now sw9
need to see someone about bailiffs now
i need somewhere to go now
anywhere open now brixton
whats on at the moment
what is on this week
this week
anything on this week for kids
food bank this week
food bank tonight kempston
foodbank mk42 sat
foodbank open sat
sat food bank
sat morning football
on sat
yoga sat am
free tampons ls6 friday
n on sunday?
somewhere for my 13yo to go in the evenings
carers support leeds city centre, evening, i work days. tonight?
skint this weekend and need to get my 6 yr old out of the house
cant afford to eat tonight
is it open at night
open til 8
open until 9pm friday
friday night youth club
need food by friday
something on tuesday
benefits advice in 2 weeks time
in three days
mental health cafe, open sat afternoon
need food today
im starving and need food today
lost my job need a food bank today
lunch club on wednesday
bereaved group that meets on mondays
saturday club for autistic 8 yr old
i work days so evenings please
evenings only
group on thursday evenings near me
anything this afternoon
swimming aber sunday with the kids
advice after 5pm i finish work at 5
i finish at 5 so after 6
choir starting after 7
after 5 ls9
library open after 5 on thursday
open at 9
baby group tuesday mornings
dentist tomorrow
where can i go tonight
kicked out today need somewhere tonight
4/12
library open on 4/12
the 5th of december
after 5 on thursday
before 9 in the morning
food bank after 3 ls9
anything open
food places still open
"""


@pytest.mark.parametrize("text", SPOKEN_OF.strip().splitlines())
def test_ages_durations_and_what_happened_ask_for_no_time(text: str) -> None:
    """Nothing has to be open then."""
    assert times.find(text, NOW, LONDON) is None


@pytest.mark.parametrize("text", ASKED_FOR.strip().splitlines())
def test_when_somebody_wants_to_go_is_a_time(text: str) -> None:
    """However it is said."""
    assert times.find(text, NOW, LONDON) is not None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("food bank open sat, benefits stopped last week", "on Saturday"),
        ("i finish at 5 so something after 6", "today after 18:00"),
        ("payday isnt til friday, need food tomorrow", "tomorrow"),
        ("just sat here, anything open sat", "on Saturday"),
        ("i work nights, coffee on thursday mornings", "on Thursday mornings"),
        ("baby is 4/12, group on 4/12", "on Friday 4 December"),
    ],
)
def test_what_is_laid_aside_does_not_hide_what_is_asked_for(text: str, left: str) -> None:
    """Both may stand in one message."""
    found = times.find(text, NOW, LONDON)
    assert found is not None
    assert found.phrase == left


def test_a_hostile_text_is_read_soon() -> None:
    """However long a text is, and whatever it repeats, each rule looks a little way ahead only."""
    text = "came in the last 2 weeks at the moment now " * 95
    assert blank(text, asides.find(text)).count("|") > 0
