"""Words that news writes with a full stop, and words that open a sentence: the knowledge behind `sentences`.

Lists only. A word belongs here by what it does in newspapers of the English language, never because of one article.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by a name or a number: no sentence ends behind them.
TITLES = _words(
    "Mr Mrs Ms Mx Messrs Mme Mlle Dr Prof Rev Hon Fr Gen Lt Col Maj Capt Cmdr Cpl Sgt Pvt Adm Brig Sen Rep Gov "
    "Pres Supt Amb Atty Asst Assoc Det Insp Sens Reps Govs Gens Drs Profs vs v cf e.g i.e Ft Mt pp Lt.Gen Maj.Gen "
    "Brig.Gen Lt.Col"
)

# May end a sentence; then a word follows that opens one.
ABBREVIATIONS = _words(
    "St Ste Ave Blvd Rd Sq Hwy Rte Inc Corp Co Cos Ltd Bros Jr Sr Esq Assn Dept Est Univ Div Mfg Intl Natl Govt "
    "Bldg Calif Mass Pa Va Fla Ill Conn Wash Ore Ariz Tenn Ala Ga Minn Mich Wis Okla Kan Neb Nev Colo Md Del Miss "
    "Mo Mont Tex Ky La Ind Ark Vt Wyo Ida Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu "
    "Thur Thurs Fri etc al approx est ca ex fig vol ed eds trans op cit ibid para sec ch art cl dept ext max min "
    "avg tel oz lb lbs ft mi sq cu km kg cm mm bn mn tr b d s p Fig Vol Art Sec Ch Ph.D M.D B.A M.A Ed.D J.D LL.B "
    "LL.M D.Phil Pvt.Ltd S.A S.p.A"
)

# Abbreviations only before a number: "No. 10", "Nos. 3", "pp. 4".
BEFORE_NUMBERS = _words("No Nos no nos Art art Arts Sec sec Ch ch Fig fig Figs Vol vol Para para p pp c ca r fl b d n")

MONTHS = _words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")

AFTER_HOURS = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun January February March "
    "April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov "
    "Dec EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET CEST EET IST JST MSK AEST Eastern Central "
    "Pacific Mountain Greenwich Moscow Kyiv Kiev Beijing Tokyo London Paris Berlin Brussels Jerusalem Astana "
    "Tashkent"
)

# Function words that are capitalised only where they open a sentence (or a headline).
OPENERS = _words(
    "The A An This That These Those He She It We They You I His Her Its Their Our My Your There Here In On At By "
    "For From With Without Within Under Over After Before During Since Until While When Where Why How What Who "
    "Which Whose Whether If Although Though Because As And But Or Nor So Yet Then Thus Hence However Moreover "
    "Meanwhile Nevertheless Nonetheless Therefore Furthermore Instead Indeed Also Still Even Only Just Not No Now "
    "Once Both Either Neither Each Every All Any Some Many Most Much Few Several Such Other Others Another More "
    "Less About Above Across Against Along Among Amid Around Behind Below Beneath Beside Besides Between Beyond "
    "Despite Except Like Near Of Off Out Outside Past Per Through Throughout To Toward Towards Up Upon Via Unlike "
    "Earlier Later Recently Currently Previously Today Yesterday Tomorrow According Asked Speaking Citing "
    "Following Given Let Please Yes One Two Three Four Five Last Next Almost Nearly Perhaps Maybe Finally First "
    "Second Third Again Additionally Separately Officials Experts Critics Police Authorities Analysts "
    "Investigators Prosecutors Residents Shares Sources"
)

SPEECH_VERBS = _words(
    "said says asked asks told added replied answered shouted cried wrote wondered demanded exclaimed continued "
    "tweeted posted inquired declared noted recalled quipped joked warned insisted explained"
)
