"""Small lists that tell names apart: countries, large cities, given names, titles, words of institutions.

Data only, chosen by hand for world news; a name that stands in none of the lists is judged by its shape and company in
`names`. Everything is folded (lower case, no accents).
"""


def _words(text: str) -> list[str]:
    return text.split()


_COUNTRIES = """
korea:korean afghanistan:afghan:afghans albania:albanian algeria:algerian andorra:andorran angola:angolan
argentina:argentine:argentinian armenia:armenian australia:australian austria:austrian azerbaijan:azerbaijani:azeri
bahamas:bahamian bahrain:bahraini bangladesh:bangladeshi barbados:barbadian belarus:belarusian belgium:belgian
belize:belizean benin:beninese bhutan:bhutanese bolivia:bolivian bosnia:bosnian botswana:botswanan brazil:brazilian
britain:british:briton brunei:bruneian bulgaria:bulgarian burundi:burundian cambodia:cambodian cameroon:cameroonian
canada:canadian chad:chadian chile:chilean china:chinese colombia:colombian congo:congolese croatia:croatian
cuba:cuban cyprus:cypriot czechia:czech denmark:danish:dane djibouti:djiboutian ecuador:ecuadorian egypt:egyptian
england:english eritrea:eritrean estonia:estonian eswatini:swazi ethiopia:ethiopian fiji:fijian finland:finnish:finn
france:french gabon:gabonese gambia:gambian georgia:georgian germany:german ghana:ghanaian greece:greek
greenland:greenlandic grenada:grenadian guatemala:guatemalan guinea:guinean guyana:guyanese haiti:haitian
honduras:honduran hungary:hungarian iceland:icelandic india:indian indonesia:indonesian iran:iranian iraq:iraqi
ireland:irish israel:israeli italy:italian jamaica:jamaican japan:japanese jordan:jordanian
kazakhstan:kazakh:kazakhstani kenya:kenyan kosovo:kosovar kuwait:kuwaiti kyrgyzstan:kyrgyz laos:laotian
latvia:latvian lebanon:lebanese lesotho:basotho liberia:liberian libya:libyan liechtenstein lithuania:lithuanian
luxembourg:luxembourgish madagascar:malagasy malawi:malawian malaysia:malaysian maldives:maldivian mali:malian
malta:maltese mauritania:mauritanian mauritius:mauritian mexico:mexican moldova:moldovan monaco:monegasque
mongolia:mongolian montenegro:montenegrin morocco:moroccan mozambique:mozambican myanmar:burmese namibia:namibian
nepal:nepali:nepalese netherlands:dutch nicaragua:nicaraguan niger:nigerien nigeria:nigerian norway:norwegian
oman:omani pakistan:pakistani palestine:palestinian panama:panamanian paraguay:paraguayan peru:peruvian
philippines:philippine:filipino poland:polish:pole portugal:portuguese qatar:qatari romania:romanian russia:russian
rwanda:rwandan scotland:scottish senegal:senegalese serbia:serbian singapore:singaporean slovakia:slovak
slovenia:slovenian somalia:somali spain:spanish:spaniard sudan:sudanese suriname:surinamese sweden:swedish:swede
switzerland:swiss syria:syrian taiwan:taiwanese tajikistan:tajik tanzania:tanzanian thailand:thai togo:togolese
tonga:tongan tunisia:tunisian turkey:turkish turkiye turkmenistan:turkmen uganda:ugandan ukraine:ukrainian
uruguay:uruguayan uzbekistan:uzbek vanuatu vatican venezuela:venezuelan vietnam:vietnamese wales:welsh yemen:yemeni
zambia:zambian zimbabwe:zimbabwean america:american europe:european africa:african asia:asian
"""

_MORE_PLACES = """
united states|united kingdom|united arab emirates|saudi arabia|south korea|north korea|south africa|
new zealand|sri lanka|costa rica|el salvador|dominican republic|czech republic|ivory coast|burkina faso|
sierra leone|south sudan|hong kong|central asia|middle east|latin america|north america|south america|
eastern europe|western europe|soviet union|north macedonia|puerto rico|new york|los angeles|san francisco|
new delhi|white house|kremlin|washington|moscow|beijing|london|paris|berlin|brussels|geneva|vienna|
rome|madrid|lisbon|warsaw|kyiv|kiev|kharkiv|odesa|odessa|minsk|riga|vilnius|tallinn|helsinki|
stockholm|oslo|copenhagen|amsterdam|the hague|prague|budapest|bucharest|sofia|athens|ankara|istanbul|
tehran|baghdad|damascus|beirut|jerusalem|tel aviv|gaza|west bank|cairo|riyadh|jeddah|dubai|abu dhabi|
doha|kuwait city|muscat|sanaa|islamabad|karachi|lahore|kabul|delhi|mumbai|kolkata|dhaka|colombo|
kathmandu|bangkok|hanoi|manila|jakarta|kuala lumpur|tokyo|osaka|seoul|pyongyang|taipei|shanghai|
sydney|melbourne|canberra|wellington|ottawa|toronto|montreal|vancouver|chicago|boston|houston|dallas|
miami|seattle|atlanta|detroit|philadelphia|phoenix|denver|las vegas|mexico city|havana|caracas|bogota|
lima|santiago|buenos aires|brasilia|sao paulo|rio de janeiro|lagos|abuja|nairobi|addis ababa|khartoum|
tripoli|tunis|algiers|rabat|casablanca|dakar|accra|kinshasa|johannesburg|cape town|pretoria|harare|
lusaka|astana|nur-sultan|almaty|tashkent|samarkand|bukhara|bishkek|dushanbe|ashgabat|baku|tbilisi|
yerevan|ulaanbaatar|st. petersburg|saint petersburg|kazan|sochi|vladivostok|crimea|donbas|donetsk|
luhansk|mariupol|bakhmut|siberia|edinburgh|glasgow|manchester|liverpool|birmingham|dublin|belfast|
munich|frankfurt|hamburg|milan|naples|venice|barcelona|zurich|davos|california|texas|florida|georgia|
virginia|ohio|michigan|pennsylvania|arizona|nevada|illinois|wisconsin|colorado|oregon|alaska|hawaii|
massachusetts|maryland|minnesota|missouri|tennessee|alabama|louisiana|kentucky|oklahoma|utah|iowa|
kansas|nebraska|idaho|montana|wyoming|arkansas|mississippi|indiana|connecticut|delaware|maine|vermont|
new jersey|new mexico|new hampshire|rhode island|north carolina|south carolina|north dakota|south dakota|
west virginia|u.s.|us|usa|u.k.|uk|uae|eu|u.s|u.k|black sea|caspian sea|baltic sea|red sea|
mediterranean|atlantic|pacific|arctic|antarctica|europe|asia|africa
"""

_MALE = """
cory aamer emmet emmett tristan eugen andreas clint wade grant dick mick chip jeb rand ron mitt beto jd kim aaron
abdul abdullah adam adrian ahmed ahmad akhmed aidar alan albert aleksandr aleksandar alex alexander alexandre alexei
alexey alfred ali alibek alikhan alihan alisher almas amir anatoly anders andre andrei andrew andrey andriy andy
ansar anthony anton antonio antony arman arnold arthur artur askar askhat asif aung bakhyt bakytzhan barack bashar
ben benjamin bernard bernie bill bob bobby bolat boris brad brandon brian bruce carl carlos charles charlie chris
christian christopher chuck clarence colin craig cyril daniel danny dave david dean denis dennis didier dietmar
dmitri dmitriy dmitry dominic donald doug douglas dylan eduardo edward elon emmanuel enrique eric erik erlan ernesto
eugene evgeny evan felipe felix fernando francis francisco francois frank fred frederick gabriel gary gavin gennady
geoffrey george georgi gerald gerhard giorgio gordon graham greg gregory guillermo gustavo hakan hamid hans harold
harry hassan henry hugo hussein ian igor ilya imran ismail ivan jack jacob jair jake jalen james jamie jan jared
jason javier jean jeff jeffrey jens jeremy jerome jerry jim jimmy joe joel joachim johann john johnny jon jonathan
jorge jose joseph josh joshua juan julian justin kairat kanat karim kassym-jomart keith ken kenneth kevin khalid
kirill kyle larry lars lawrence lee leo leon leonid leonardo lewis liam lionel lloyd louis luis luke magzum mahmoud
manuel marat marc marco marcus mario mark martin mateusz matt matteo matthew maurice max maxim mehmet michael michel
miguel mike mikhail mitch mohamed mohammad mohammed muhammad murat mustafa narendra nathan neil nelson nicholas nick
nicolas nicolae nigel nikita nikol nikolai nikolay noah norman nurlan nursultan oleg oleksandr oleksiy oliver
olivier olaf omar oscar pablo pat patrick paul pavel pedro pete peter petr petro philip philippe phil pierre rafael
ralph ramzan randy raul ray raymond recep richard rick rishi rob robert roberto rodrigo roger roman ronald roy
ruslan rustam russell ryan saad sadyr salman sam samuel scott sean sebastian sergei sergey serhiy sergio seth
shavkat shehbaz shinzo shigeru silvio simon stanislav stefan stephen steve steven stuart syed talgat taras ted terry
theo thomas tim timothy timur todd tom tony travis trevor tyler ulysses umar vadim valery vasily viktor victor
vincent vitaly vitali vladimir vladislav volodymyr volodymir vyacheslav walter warren wayne will william wolfgang xi
yevgeny yerlan yerzhan yoshihide yuri yury zachary zhanibek rashid ramil ilham nikolas kaja serzh gurbanguly serdar
berdi emomali sooronbay elnur orxan hikmet hakim hamza idris ibrahim yusuf youssef tariq tarek bilal faisal fahad
sultan mansour giovanni luca lorenzo alessandro paolo enzo jurgen klaus dieter helmut fritz bjorn sven gunnar magnus
aksel matti pekka mikko janos lajos zoltan jaroslaw andrzej krzysztof piotr tomasz wojciech milos zoran goran bojan
ivica hiroshi kenji takashi yuki fumio taro kazuo li wei jinping keqiang qiang jun ming moon jong-un jae-in min-ho
suk-yeol raj rahul amit sanjay vijay arun ashok anil suresh ravi arjun rohit virat kwame kofi chinedu emeka bola
olusegun thabo sipho
"""

_FEMALE = """
bonnie cori ronna betsy mimi jodi abigail aigul aida aisha alexandra alexandria alice alina alison amanda amber
amelia amy ana anastasia andrea angela angelina anita ann anna anne annalena annie antonia april ariana ashley asel
audrey aung ayesha barbara beatrice becky belinda beth betty beyonce brenda brittney britney bridget camila camilla
carla carol carolina caroline carrie catherine cathy charlotte chelsea cheryl christina christine cindy claire clara
claudia cristina cynthia dana danielle dariga debbie deborah deb denise diana diane dilnoza dinara dolly donna doris
dorothy ekaterina elena eleanor elaine elisabeth eliza elizabeth ella ellen emily emma erin esther eva evelyn fatima
fiona florence frances gabriela gabrielle gail galina georgia gina giorgia gisele giulia gloria grace greta gulnara
gulshan hannah heather heidi helen helena hillary hilary holly ida ingrid irina isabel isabella ivanka jacinda
jackie jacqueline jamila jane janet jasmine jean jen jennifer jenna jessica jill joan joanna joanne jodie josephine
joy joyce judith judy julia julie julianne kaja kamala karen karin karine kate katherine kathleen kathryn kathy
katie katrina kayla kelly kerry kim kirsten kristen kristi kristin kyrsten laura lauren leah lena lesley leslie
leyla lidia lily linda lisa liz liza lola lori louise lucia lucy lyudmila madeleine madina madonna maia makpal
malala margaret margarita maria mariam marie marilyn marina marjorie marta martha mary maryam megan meghan melania
melanie melinda melissa mette mia michelle miriam molly monica nadia nadezhda nancy naomi natalia natalie natasha
nicola nicole nikki nina nora norma olga olena olivia oksana oprah pamela patricia paula penelope penny phoebe priti
priya rachel rebecca renee rihanna rita roberta robin rosa rose roxana ruth sabina sally samantha sandra sanna sara
sarah saule selena serena shakira sharon shannon sheila shirley silvia simone sofia sophia sophie stacey stella
stephanie sue susan suzanne svetlana sylvia tamara tammy tanya tara tatiana taylor teresa theresa tina tracy ursula
valentina valerie vanessa vera veronica victoria viktoria violet virginia viola vivian vusala wendy whitney xenia
yekaterina yelena yulia yvonne zarina zhanna zoe zuzana magdalena kersti ingrida sviatlana roza lazzat benazir
indira sheikh hasina ngozi
"""

TITLES = frozenset(
    _words("""
duke duchess count countess president vice-president minister premier chancellor king queen prince princess emperor
pope archbishop cardinal bishop rabbi imam ayatollah sheikh sultan emir mayor governor senator congressman
congresswoman representative rep sen gov secretary ambassador envoy consul spokesman spokeswoman spokesperson
chairman chairwoman chairperson chair chief ceo cfo coo cto director head leader founder co-founder executive
commissioner attorney prosecutor judge justice general gen colonel col major maj captain capt lieutenant lt sergeant
sgt admiral commander officer sheriff detective professor prof dr doctor mr mrs ms miss sir lord lady dame baroness
baron analyst economist expert coach manager striker midfielder goalkeeper quarterback actor actress singer rapper
author writer producer deputy vice first acting former ex-president then-president counterpart host pilot astronaut
scientist researcher lawyer activist lawmaker mp md speaker whip superintendent principal pastor rev reverend father
sister counselor adviser advisor aide anchor presenter player star owner partner associate editor correspondent
reporter columnist historian billionaire businessman entrepreneur investor
""")
)

ORGANISATION_WORDS = frozenset(
    _words("""
agency airlines airways alliance army assembly association authority bank board bureau cabinet center centre chamber
church club college commission committee community companies company confederation conference congress consortium
corporation corp corps council court department duma federation forces force forum foundation fund government group
holding house inc institute institution international ltd llc ministry motors museum nations network news office
organisation organization parliament party police press reserve school senate service services society studios
syndicate team times treasury tribunal trust union university workers media bancorp entertainment energy gas oil
petroleum pharmaceuticals technologies systems industries capital partners co plc gmbh sa ag rights watch league cup
games games. olympics championship open tour festival awards prize academy post journal herald administration navy
guard command directorate hospital clinic laboratory labs
""")
)

PLACE_WORDS = frozenset(
    _words("""
airport avenue bay beach border bridge canal cape city coast county desert district forest gulf harbor harbour hill
hills island islands lake mount mountain mountains north oblast ocean palace park peninsula plaza port province
region republic river road sea square station strait street town valley village south east west state states
territory stadium arena garden gardens field
""")
)

COUNTRY_OF: dict[str, str] = {form: entry.split(":")[0] for entry in _COUNTRIES.split() for form in entry.split(":")}
COUNTRY_OF |= {"usa": "america", "uk": "britain"}
DEMONYMS = frozenset(form for entry in _COUNTRIES.split() for form in entry.split(":")[1:])
PLACES = frozenset(entry.split(":")[0] for entry in _COUNTRIES.split()) | frozenset(
    place.strip() for place in _MORE_PLACES.split("|")
)
MALE_NAMES = frozenset(_MALE.split())
FEMALE_NAMES = frozenset(_FEMALE.split())
GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES
