"""Common first names by the gender that they mostly go with; names in use for both are left out."""

from bot.extraction.wordlists import rarer_first_names


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MALE = _names(
    "aaron abdul abdullah abraham adam adrian ahmed ahmet alan albert alberto alejandro aleksandr "
    "alessandro alexander alexei alfred ali alistair allen alvin amir anatoly anders andre andreas andrei "
    "andrew andrzej angelo anil anthony antoine antonio anton arjun arnold arthur arturo arun asif ashton "
    "ashok august austin axel barack barry bartholomew bashar ben benedict benjamin bernard bernie bill "
    "billy björn bob boris brad bradley brandon brendan brett brian bruce bruno bryan byron carl carlos "
    "cesar chad charles charlie chester chris christian christoph christopher chuck clarence claude "
    "clayton clifford clint clive colin conor craig cyril dale damian damien dan daniel danny darren "
    "darrell dave david dean denis dennis derek devin diego dieter dimitri dmitry dominic don donald "
    "douglas duncan dwight dylan earl ed eddie edgar edmund eduardo edward edwin elias elijah elliott "
    "elon emanuel emilio emmanuel enrique enver eric erik ernest ernesto erwin ethan eugene evan fabian "
    "federico felipe felix ferdinand fernando florian floyd francesco francis francisco frank franklin "
    "franz fred frederick friedrich gabriel gareth gary gavin gene geoffrey george gerald gerard gerhard "
    "giorgio giovanni giuseppe glen glenn gordon graham grant greg gregory guillermo günter gustav guy "
    "hamid hans harold harry harvey hassan hector heinrich helmut henri henrik henry herbert herman "
    "howard hugh hugo hussein ian ibrahim igor imran isaac isaiah ismail ivan jack jackson jacob jacques "
    "jaime jake jamal james jan jared jason javier jay jeff jeffrey jens jeremy jerome jerry jesse "
    "jim jimmy joachim joao joe joel johan johann john johnny jon jonas jonathan jorge jose josef joseph "
    "josh joshua juan julian julio julius justin kamal karim karl keith ken kenneth kevin khalid kofi "
    "konstantin kurt kyle lance larry lars laurent lawrence leo leon leonard leonid leopold leroy leslie "
    "lewis liam lindsey lionel lloyd logan louis luca lucas luigi luis luke magnus mahmoud malcolm manuel "
    "marc marcel marco marcus mario marius mark markus marshall martin marty marvin mathias matt matteo "
    "matthew matthias maurice mauricio max maxim maximilian mehmet michael michel miguel mike mikhail "
    "miles milos mitch mitchell mitt mohamed mohammad mohammed moses muhammad mustafa nasser nathan "
    "nathaniel neil nelson newt niall nicholas nick nicolas nigel nikolai noah noel norman oleg oliver "
    "olivier omar orlando oscar osama otto owen pablo paolo pascal patrick paul pavel pedro per perry "
    "pete peter petr philip philippe pierre piotr rafael rahul raj rajesh ralph ramesh ramon randy raul "
    "ravi ray raymond recep reginald reinhard rene ricardo richard rick ricky rishi rob robert roberto "
    "rodney rodrigo roger roland rolf roman ron ronald ross roy rudolf rudy rupert russell ryan salman "
    "said salvador sam samir samuel sanjay saul scott sean sebastian serge sergei sergey sergio seth shane "
    "shaun shinzo sid sidney silvio simon sourav stanislav stanley stefan stephen steve steven stewart "
    "stuart sunil suresh sven tariq tayyip ted terrence terry theodore thomas tim timothy toby todd tom "
    "tommy tony travis trevor tyler ulrich umar vaclav viktor vincent vijay vikram vladimir vladislav "
    "wallace walter warren wayne wilfred wilhelm will william willie winston wolfgang xavier yasser "
    "yitzhak yuri yusuf zachary "
)
FEMALE = _names(
    "abigail ada adele adriana agnes aisha alexandra alexandria alice alicia alison allison alma amanda "
    "amber amelia amina amy ana anastasia andrea angela angelina angie anita anja ann anna annabel anne "
    "annette annie antonia april ariana arlene asha ashley astrid audrey aung ayesha azucena barbara "
    "beatrice becky belinda bella bernadette beth bethany betsy betty beverly bianca birgit bonnie brenda "
    "bridget brigitte britney brooke caitlin camila candice carla carly carmen carol carole caroline "
    "carolyn carrie catherine cathy cecilia celeste celine charlotte chelsea cheryl chiara chloe christa "
    "christina christine cindy claire clara clarissa claudia colleen condoleezza connie constance cora "
    "cristina crystal cynthia daisy danielle daphne dawn deborah debra delia denise diana diane dilma "
    "dolores donna doris dorothy edith eileen elaine eleanor elena elisa elise elizabeth ella ellen elsa "
    "elsie emilia emily emma erica erika erin esther estelle ethel eugenia eva eve evelyn faith farah "
    "fatima federica felicia fiona flora florence frances francesca freya gabriela gabrielle gail "
    "genevieve georgia georgina geraldine gertrude gina ginger giorgia giulia gladys gloria grace greta "
    "gwen hanna hannah harriet hazel heather heidi helen helena helga henrietta hilary hillary holly huma "
    "ida ilse imelda indira inga ingrid irene irina iris isabel isabella isobel ivanka ivy jacinda "
    "jacqueline jacklyn jane janet janice jasmine jean-marie jeanne jeannette jenna jennifer jenny "
    "jessica jill jo joan joanna johanna josephine joy joyce juanita judith judy julia juliana "
    "julie juliet june kamala kara karen karin karina kate katharina katherine kathleen kathryn kathy "
    "katie katrina kay kayla kelly kellyanne kerry kim kimberly kirsten kristen kristin kristina lara "
    "latoya laura lauren layla leah leila lena leonora letitia lillian lily linda lisa liz lois loretta "
    "lori lorraine louisa louise lucia lucille lucy luisa lydia lynn mabel madeleine madeline maggie "
    "malala mara marcia margaret margarita margot maria mariam marianne marie marilyn marina marion "
    "marissa marjorie marlene martha martina mary matilda maureen maxine maya megan melania melanie "
    "melinda melissa mercedes meredith michelle mildred mimi miranda miriam moira molly mona monica "
    "muriel myra nadia nadine nancy naomi natalia natalie natasha nell nicola nicole nikki nina noor nora "
    "norma olga olivia pamela patricia patti paula pauline peggy penelope penny petra phoebe phyllis "
    "pilar polly priscilla priya rachel ramona rebecca regina renata renee rhonda rita roberta rosa "
    "rosalind rose rosemary roxanne ruby ruth sabrina sadie sally samantha sandra sara sarah sasha selena "
    "selma shannon sharon sheila shelley sherry shirley sigrid silvia simone sofia sonia sonya sophia "
    "sophie stacey stefania stella stephanie sue suella susan susana susanne suzanne svetlana sylvia "
    "tabitha tamara tanya tara tatiana teresa tessa theresa tiffany tina tracy trudy ulrike ursula uma "
    "valentina valerie valeska vanessa vera verena veronica vicki victoria viola violet virginia vivian "
    "wanda wendy whitney wilma winifred yasmin yolanda yulia yvette yvonne zainab zoe zsuzsanna "
)


def gender_of(first_name: str) -> str | None:
    """Return "m" or "f" where a first name mostly goes with one gender, else None."""
    folded = first_name.casefold().strip(".")
    return "m" if folded in MALE else "f" if folded in FEMALE else None


def gender_of_full_name(name: str) -> str | None:
    """Return "m" or "f" where the first name of a full name mostly goes with one gender, else None."""
    first, *rest = name.split()
    known = gender_of(first)
    if known is not None or not rest:
        return known
    folded = first.casefold()
    return "m" if folded in rarer_first_names.MALE else "f" if folded in rarer_first_names.FEMALE else None


def likely_gender(name: str) -> str | None:
    """Return the gender that a name lets one think of: that of its first name, or of the first name's ending."""
    known = gender_of_full_name(name)
    first = name.split(maxsplit=1)[0]
    if known is not None or len(first) < 4:
        return known
    low = first.casefold()
    if low.endswith(("us", "o")) and not low.endswith("ko"):
        return "m"
    return "f" if low.endswith(("ia", "ina", "ira", "ita", "ella", "ana")) else None
