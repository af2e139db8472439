"""A crisis is seen before anything else, and figures of speech are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import crisis, lexicon
from bots.conversation.words import clean, words

SEEN = """
child | mums boyfriend hits me
child | my daughter has run away
child | my stepdad touches me
child | neighbour hitting her kids
child | my son is missing
child | i might hurt my baby
child | scared to go home
child | someone touched me and i didnt want it
child | im 15 and my mum kicked me out tonight
child | the kid next door is covered in bruises
child | someones asking me for nudes
medical | taken a whole packet of paracetamol
medical | bleeding wont stop
medical | she wont wake up
medical | i took 30 paracetamol
medical | my mate has overdosed
medical | swallowed bleach
medical | cant breathe
medical | mum has taken loads of pills
medical | my nan has collapsed
medical | my chest hurts and my arm is numb
medical | i've taken too many tablets
medical | im dying i think
medical | took an overdose
medical | think my dads having a stroke
medical | od on heroin
medical | hes choking
medical | over dose
medical | baby not breathing
medical | can't breath properly
medical | he's having a seizure
sexual | been raped last night
sexual | i was raped
suicide | im going to end my life
suicide | i cant go on
suicide | i want it to end
suicide | everyone would be better off without me
suicide | i want to DIE
suicide | i feel like hurting myself
suicide | want to die
suicide | whats the point of living
suicide | kil myself
suicide | someone bereaved by suicide who is suicidal
suicide | hearing voices telling me to hurt people
suicide | i dont wanna be here anymore
suicide | suicide
suicide | kms
suicide | she's self harming
suicide | library near ls9 i want to kill myself
suicide | dont want to be here any more
suicide | unalive myself
suicide | sucide
suicide | no point living
suicide | i wish i was dead
suicide | suicidal thoughts
suicide | feel like ending it all
suicide | i wish i wasn't here
suicide | my client is suicidal and needs help now
suicide | i want to kill myself
suicide | want to top myself
suicide | i dont want to live
suicide | thinking about suicide
suicide | my daughter is cutting herself
tonight | thrown out by my parents with nowhere to go
tonight | client has nowhere to sleep tonight
tonight | got no where to sleep 2nite
tonight | landlord kicked me out today nowhere to go
tonight | sleeping rough tonight in leeds with my dog
tonight | nowhere to sleep tonight
tonight | i am homeless tonight
tonight | i need somewhere to sleep tonight
violence | im scared of my husband
violence | he'll hurt me when he gets home
violence | i don't feel safe at home
violence | hes gonna kill me
violence | my ex is stalking me
violence | my dad hit my mum
violence | my husband is violent
violence | my wife hits me
violence | my boyfriend strangled me
violence | someone is breaking in
violence | i need a refuge tonight
violence | he's going to kill me
violence | he's outside with a knife
violence | my partner wont let me leave the house
violence | i've been stabbed
violence | my husband punched me
violence | he has a knife
violence | dad beats mum
violence | i'm not safe at home
violence | forced marriage
violence | help he is beating me
"""
NOT_SEEN = """
dying for a coffee
kill time
somewhere to kill time near leeds
to die for
a cake to die for
my feet are killing me
killer heels
suicide bereavement group
domestic abuse training volunteer
overdose of chocolate
shoot some hoops
library near ls9
domestic abuse support near BS3 for a client
stroke club
heart attack rehab
first aid choking course
food bank 3 kms away
boxing club
self defence class
i hit my head last week
my knee hurts
group for survivors of child abuse
gas leak
my boiler has died
dead battery
car battery recycling
where can i take batteries
bereaved by suicide
my dad died
my husband died of a heart attack
somewhere to stay warm
holiday let to stay
i cant sleep
help sleeping
trouble sleeping
my kids are driving me mad
i could murder a curry
i'm starving
boring kids at home half term
home alone pensioner
left alone all day my mum
my mum is home alone all day
shot of vaccine
gun club
knife sharpening
cutting class hair
cut my hair
drown my sorrows
pick up after work
kids swimming lessons so they dont drown
baby first aid
asthma group
epilepsy support
stop smoking
give up
cant cope
i'm so tired
kick boxing for kids
beat the bailiffs
smack bang
kick the habit
drug help
alcohol support
women's refuge
counselling for rape survivors
i lost my job
lost my keys
help i'm locked out
my landlord is threatening to evict me
my landlord threatened me with eviction
not safe to drive
no stairs
not free on monday
my child is not eating
child not sleeping
my son wont go to school
kids club
babysitter
i have a child with autism
shelter for dogs
dog hit by car
bed for a child
need a bed
single bed for my daughter
room to rent
hostel
night shelter
i go to church
nowhere to park
nowhere to go during the day
nowhere to walk my dog
benefits stopped
feeling down
depressed
my daughter is being bullied
fit and healthy class
getting fit
fitting room
keep fit
seizure alert dogs training
poison ivy
drowning in debt
drowning in paperwork
dead end job
not waking up early
i passed out leaflets
passing out parade
end of life care
someone to hit tennis balls with
the kids are left over
run by volunteers
stop bleeding money
i hate my life admin
chest freezer
i want to live in leeds
we want to go on a trip
can't go on Tuesday
i cant go on sunday
don't want to go on the bus
i dont want to go home care
can't take any more bookings
never been to the library
i want a dead cheap gym
abuse of benefits
my back is killing me
burning smell
hang gliding
hurt my back
my leg hurts
i'd kill for a pint
my mum would kill me
kids are out tonight
on the street where i live
bus to my street tonight
what's on tonight
things to do tonight
baby group
gang show
the lads football
choir tonight
i want dead good cake
being followed up by gp
who won't let me in the pool
food bank near me
gluten free food
i'm dying to learn the guitar
stroke support
blue badge
hit the gym
being bullied
repeat prescription
pharmacy
knife crime workshop
suicide prevention training
my brother took his own life last year
"""
BESIDE = """
violence | domestic abuse support near BS3 for a client
violence | women's refuge
suicide | suicide bereavement group
sexual | rape crisis centre leeds
sexual | i was abused as a child
suicide | self harm group for a client
"""


def rows(table: str) -> list[list[str]]:
    """A table in rows."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text"), rows(SEEN))
def test_sees_a_crisis(kind: str, text: str) -> None:
    """Each of these is answered with who to ring, 999 among them."""
    found = crisis.hear(clean(text)).danger
    assert found is not None
    assert found.id == kind
    assert any(line.how.startswith("Ring 999") for line in found.lines)


@pytest.mark.parametrize("text", [row[0] for row in rows(NOT_SEEN)])
def test_passes_over_figures_of_speech(text: str) -> None:
    """None of these sets it off."""
    assert crisis.hear(clean(text)).danger is None


@pytest.mark.parametrize(("kind", "text"), rows(BESIDE))
def test_names_lines_beside_what_was_asked_for(kind: str, text: str) -> None:
    """Who asks for a service gets it, and the lines with it."""
    assert crisis.hear(text).danger is None
    held = {entry["id"]: entry["beside_lines"] for entry in lexicon.data("crisis.toml")["crisis"]}
    assert [line.id for line in crisis.hear(text).beside] == held[kind]


def test_an_ordinary_question_has_no_lines_beside() -> None:
    """Nor has an empty one."""
    assert crisis.hear("library near ls9").beside == crisis.hear("").beside == ()


def test_every_phrase_of_the_file_sets_off_a_crisis() -> None:
    """No phrase is swallowed by a harmless one, alone or within a sentence."""
    held = lexicon.data("crisis.toml")
    for entry in held["crisis"]:
        for phrase in (*entry["phrases"], *entry["topics"]):
            text = phrase.replace(" {end}", "").replace("{number}", "30")
            for kind, members in held["words"]["kinds"].items():
                text = text.replace(f"{{{kind}}}", members.split()[0])
            assert crisis.hear(text).danger is not None, phrase
            if "{end}" not in phrase:
                assert crisis.hear(f"please help me, {text} and i need you").danger is not None, phrase


def test_harmless_phrases_are_long_enough_to_be_meant() -> None:
    """A single word would hide too much."""
    for phrase in lexicon.data("crisis.toml")["not"]["phrases"]:
        assert len(words(phrase)) >= 2, phrase


def test_national_lines_are_the_known_ones() -> None:
    """Every line has a source, and the numbers are those that were checked."""
    lines = lexicon.data("crisis.toml")["lines"]
    assert {key: line["how"] for key, line in lines.items()} == {
        "emergency": "Ring 999",
        "ambulance": "Ring 999",
        "silent": "Ring 999, then press 55",
        "samaritans": "Ring 116 123",
        "shout": "Text SHOUT to 85258",
        "papyrus": "Ring 0800 068 4141",
        "nhs111": "Ring 111",
        "nhs111_mind": "Ring 111 and pick mental health",
        "childline": "Ring 0800 1111",
        "nspcc": "Ring 0808 800 5000",
        "domestic_abuse": "Ring 0808 2000 247",
        "live_fear_free": "Ring 0808 80 10 800",
        "abuse_scotland": "Ring 0800 027 1234",
        "men": "Ring 0808 801 0327",
        "rape_crisis": "Ring 0808 500 2222",
        "council": "Ring your council",
        "shelter": "Ring 0808 800 4444",
        "shelter_scotland": "Ring 0808 800 4444",
        "shelter_cymru": "Ring 08000 495 495",
        "streetlink": "Go to thestreetlink.org.uk",
    }
    assert all(line["source"].startswith("https://") for line in lines.values())


def test_a_line_is_named_where_it_serves() -> None:
    """In Wales the Welsh line, in Scotland the Scottish; where nobody said where, all."""
    found = crisis.hear("my husband hits me").danger
    assert found is not None
    ids = {
        lad: {line.id for line in crisis.in_nation(found.lines, lad)} for lad in ("W06", "S12", "E09", None)
    }
    national = {"domestic_abuse", "live_fear_free", "abuse_scotland"}
    assert ids["W06"] & national == {"live_fear_free"}
    assert ids["S12"] & national == {"abuse_scotland"}
    assert ids["E09"] & national == {"domestic_abuse"}
    assert ids[None] >= national


def test_lines_have_a_date_to_be_checked_by() -> None:
    """So that `nearby check` can say when it has passed."""
    assert crisis.check_by() > date(2026, 11, 22)


def test_every_line_that_is_named_exists_and_every_one_is_used() -> None:
    """A line that nobody is shown would not be looked after."""
    held = lexicon.data("crisis.toml")
    used = {key for entry in held["crisis"] for key in (*entry["lines"], *entry["beside_lines"])}
    assert used == set(held["lines"])


@given(st.text(max_size=400))
def test_reads_any_text(text: str) -> None:
    """No text makes it fail."""
    crisis.hear(clean(text))


UNFORESEEN = """
suicide | i dont want to be on this earth anymore
suicide | think everyone would be happier with me dead
suicide | so tired of fighting, ready to go be with my mum in heaven
suicide | i have a rope
suicide | been sat in the car with the engine running in the garage
suicide | my brother has locked himself in the bathroom with a razor
suicide | she keeps saying she wants to end it all
suicide | i hate myself and want to disappear
suicide | dont think i can do another day of this
suicide | i cant take it no more i want it to be over
suicide | wanting to overdose
suicide | my daughter has taken an overdose before and is talking about it again
suicide | husband lost his job and says hes worth more dead
suicide | crisis team not answering im going to hurt myself
suicide | how do i stop wanting to die
suicide | i keep thinking about jumping in front of a train
suicide | client expressing intent to end life
suicide | ready to give up on everything and just die
suicide | whats the point in being alive
medical | my mum has fell down the stairs and is not moving
medical | he cant breathe and his lips are blue
medical | kid drank antifreeze
medical | nan having a stroke i think her mouth has dropped
medical | my friend had a seizure and wont come round
medical | im bleeding heavily and im 20 weeks pregnant
medical | my husband collapsed at home help
medical | swallowed loads of ibuprofen
medical | baby turning blue
medical | severe chest pain for an hour
medical | man unconscious at bus stop brixton
medical | took too many of my meds by accident
medical | gran has gone grey and clammy with chest pain
violence | hes going to hurt me when he gets in
violence | my boyfriend strangled me last night
violence | my dad is hitting my mum right now
violence | someone is trying to kick my door in
violence | ex partner threatening to kill me
violence | he wont let me have my own money or see my family
violence | my girlfriend hits me
violence | my family are going to force me to marry
violence | man with a knife outside my flat
violence | hes got my passport and wont let me go
violence | need to leave my abusive husband tonight with baby
violence | I am being stalked by my ex
violence | my son 19 hit me and smashed the place up
sexual | he raped me
sexual | i think i was drugged and assaulted
sexual | my boyfriend forces me to have sex
sexual | my daughter was sexually assaulted at a party
sexual | someone i know touched me sexually
child | i think a child is being hit next door
child | my step dad touches me at night
child | kids in the flat above are always screaming and never fed
child | my mum hits me with a belt
child | im worried my grandson is being abused by his dad
child | my 9 year old has gone missing
child | theres a 5 year old wandering the street on his own
child | im scared of my dad
child | my ex wont give my child back
child | boy in my class says his uncle hurts him
tonight | nowhere to go tonight
tonight | homeless since this morning
tonight | where can i sleep tonight leeds
tonight | im sleeping in a bus shelter
tonight | been told to leave by 5pm today and got no where else
tonight | my family has been evicted were in the car
tonight | woman sleeping in the park near me who do i tell
tonight | need emergency accomodation tonight
tonight | im 16 ran away from home nowhere to stay
tonight | i got no roof over my head
"""

UNHARMED = """
i want to disappear to the seaside, coach trips
ready to give up smoking
give up drinking
i need to end my tenancy
rope access window cleaner
car engine running rough, garage mot help
razor wire at the allotment
my daughter is done with school
hit by a huge gas bill
cost of living is killing us
beat the winter blues
hurt my back at work
hurt my knee running physio
my son hurts his ankle a lot
sick of my job
sick of being on my own
tired of being lonely
tired all the time
i feel dead tired, new mum
scared of the dentist
scared of going out alone at night
scared of dogs
frightened of falling
son is scared of school
left alone since my wife went into a home
mum left alone all day dementia
child left out at school, bullied
my ex wont pay child maintenance
see my grandchildren court
contact centre to see my kids
missed period pregnancy test
stalking horse film
sexual health clinic
coil fitting
contraception
belt sander repair cafe
strike a light theatre group
wandering around town with a pram
evicting my lodger, landlord advice
fire alarm fitted
burnt out carer
burns night ceilidh
fighting fit
karate
wrestling club
shot put athletics
drug and alcohol support group
drunk and disorderly neighbour
noisy neighbours screaming kids all day
kids screaming in soft play, quiet session
choke on costs, energy advice
pregnant and vomiting, where is the midwife
bleeding after brushing
blood test walk in
bus to hospital
life drawing
life skills course
end of the world film
rather be outside gardening
no point me going alone, befriender
last chance to claim
dying wishes advice
lost my house keys
safe space for lgbt young people
not safe to drive any more need lifts
"""


def test_most_of_what_no_rule_foresaw_is_heard() -> None:
    """These were written after the rules and the sentences learnt from, and are kept out of both."""
    missed = [text for _, text in rows(UNFORESEEN) if crisis.hear(clean(text)).danger is None]
    assert len(missed) * 10 <= len(rows(UNFORESEEN)), missed


def test_what_only_sounds_like_a_crisis_is_left_alone() -> None:
    """The same for everyday questions with a hard word in them."""
    found = [text for text in UNHARMED.strip().splitlines() if crisis.hear(clean(text)).danger]
    assert len(found) <= 1, found


def test_the_sentences_learnt_from_are_heard_as_what_they_are() -> None:
    """All but a few: one that is not heard would be better said as a rule."""
    said = [line.split(" | ") for line in lexicon.lines("crisis_said.txt")]
    wrong = [text for kind, text in said if (crisis.hear(clean(text)).danger is None) != (kind == "none")]
    assert len(wrong) <= len(said) // 50, wrong
