"""Who speaks in small invented articles: answers, bylines, genders, surnames, names, and look-alikes of each."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import speaker_of


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        pytest.param(
            "Councillor Petra Vance pressed the contractor, Edith Marlow, on why the roof had leaked "
            "for two winters. “We were never paid for the second coat,” she replied.\n"
            "\n"
            "The council will inspect the hall on Friday.",
            "We were never paid for the second coat",
            "Edith Marlow",
            id="asked",
        ),
        pytest.param(
            "Mayor Ruth Adler told residents that the bridge would open in May. “We have kept our "
            "word,” she said.",
            "We have kept our word",
            "Ruth Adler",
            id="asked",
        ),
        pytest.param(
            "Mayor Ruth Adler told residents that the bridge would open in May. “We have kept our "
            "word,” she said.",
            "the bridge would open in May",
            "Ruth Adler",
            id="asked",
        ),
        pytest.param(
            "Senator Paul Kember spoke in Dunmore on Monday. “The dam is safe,” he told host Victor "
            "Lund, who had asked about the cracks.",
            "The dam is safe",
            "Paul Kember",
            id="told",
        ),
        pytest.param(
            "Goalkeeper Jon Tarr shouted at referee Mick Doyle after the whistle. “You have cost us the"
            " season,” he told Doyle in the tunnel.",
            "You have cost us the season",
            "Jon Tarr",
            id="told",
        ),
        pytest.param(
            "Flood wall “will not last”\n"
            "\n"
            "By Gareth Pinnock, Environment Correspondent\n"
            "\n"
            "The new flood wall at Stell will crack within a decade, its designer has warned.\n"
            "\n"
            "Colin Ashby worked on the wall for three years. He said the concrete had been poured in "
            "frost.",
            "the concrete had been poured in frost",
            "Colin Ashby",
            id="byline",
        ),
        pytest.param(
            "By Nadia Okoro\n"
            "\n"
            "I walked to the harbour at dawn. The ferry captain, Stig Bolander, was already angry. He "
            "said the timetable was a joke.",
            "the timetable was a joke",
            "Stig Bolander",
            id="byline guard",
        ),
        pytest.param(
            "Trainer Ivo Kranz praised his team. “Luka Bely ran like a deer and Tom Sorel like two,” he"
            " said. “I could not ask for more,” he added.",
            "I could not ask for more",
            "Ivo Kranz",
            id="quoted name",
        ),
        pytest.param(
            "Trainer Ivo Kranz praised his team. “Luka Bely ran like a deer and Tom Sorel like two,” he"
            " said. “I could not ask for more,” he added.",
            "ran like a deer",
            "Ivo Kranz",
            id="quoted name",
        ),
        pytest.param(
            "Minister Harald Voss met his predecessor, Emil Ritter, in Bonn. “Ritter left us an empty "
            "purse,” he said.",
            "Ritter left us an empty purse",
            "Harald Voss",
            id="own subject",
        ),
        pytest.param(
            "Robin Castell took over the observatory in March. She replaced Jules Arden, who retired to"
            " his farm. “The dome leaks,” she said on Thursday.",
            "The dome leaks",
            "Robin Castell",
            id="gender",
        ),
        pytest.param(
            "Dr Kim Lorne and her deputy, Alex Penn, published the survey. He was cautious, she was "
            "not. “Every second well is poisoned,” she said.",
            "Every second well is poisoned",
            "Kim Lorne",
            id="gender",
        ),
        pytest.param(
            "Sasha Merrin, a father of two, lost the vote. His rival Ellen Groat won it. He said the "
            "count had been fair.",
            "the count had been fair",
            "Sasha Merrin",
            id="gender",
        ),
        pytest.param(
            "Prime Minister Ingrid Solheim met President Karl Amsel on Monday. She said that the border"
            " would stay open. He said he was relieved.",
            "the border would stay open",
            "Ingrid Solheim",
            id="gender guard",
        ),
        pytest.param(
            "Prime Minister Ingrid Solheim met President Karl Amsel on Monday. She said that the border"
            " would stay open. He said he was relieved.",
            "he was relieved",
            "Karl Amsel",
            id="gender guard",
        ),
        pytest.param(
            "Senator Ann Whitlow opposes the mine. Her husband, the geologist Peter Whitlow, supports "
            "it. Mr Whitlow said the ore was close to the surface. Mrs Whitlow said it should stay "
            "there.",
            "the ore was close to the surface",
            "Peter Whitlow",
            id="surname",
        ),
        pytest.param(
            "Senator Ann Whitlow opposes the mine. Her husband, the geologist Peter Whitlow, supports "
            "it. Mr Whitlow said the ore was close to the surface. Mrs Whitlow said it should stay "
            "there.",
            "it should stay there",
            "Ann Whitlow",
            id="surname",
        ),
        pytest.param(
            "The scientists measured the lake for ten years. They said it had warmed by two degrees.",
            "it had warmed by two degrees",
            "scientists",
            id="they guard",
        ),
        pytest.param(
            "Sir Alan Trewin resigned on Monday. The health secretary said he was tired. “I am going "
            "home,” Trewin said. Alan Trewin had held the post since 2020.",
            "he was tired",
            "Alan Trewin",
            id="full name",
        ),
        pytest.param(
            "Sir Alan Trewin resigned on Monday. The health secretary said he was tired. “I am going "
            "home,” Trewin said. Alan Trewin had held the post since 2020.",
            "I am going home",
            "Alan Trewin",
            id="full name",
        ),
        pytest.param(
            "The Harbour Gazette published a list of unsafe piers on Sunday. The newspaper said eleven "
            "of them should be closed. The port disagreed. The daily had asked three engineers.",
            "eleven of them should be closed",
            "Harbour Gazette",
            id="outlet",
        ),
        pytest.param(
            "Transport secretary Imogen Vale cancelled the tunnel. Vale said it would never have paid "
            "for itself. Her permanent secretary, Noel Fitch, said the money was gone.",
            "it would never have paid for itself",
            "Imogen Vale",
            id="role",
        ),
        pytest.param(
            "Transport secretary Imogen Vale cancelled the tunnel. Vale said it would never have paid "
            "for itself. Her permanent secretary, Noel Fitch, said the money was gone.",
            "the money was gone",
            "Noel Fitch",
            id="role",
        ),
        pytest.param(
            "In his first interview since the strike, pilot Oskar Renn said the union had been "
            "betrayed. The airline’s chairman, Ulf Brandt, was abroad.",
            "the union had been betrayed",
            "Oskar Renn",
            id="cataphora",
        ),
        pytest.param(
            "Carl Tobin wants fewer judges. President Ivan Moss wants more. “The courts are slow,” "
            "Tobin said. “Moss does not see it,” he added.",
            "Moss does not see it",
            "Carl Tobin",
            id="adds",
        ),
        pytest.param(
            "“You have lied to this house,” Erik Stang said to the minister, Olav Brun. “I have never "
            "lied in my life,” he replied.",
            "I have never lied in my life",
            "Olav Brun",
            id="replies",
        ),
        pytest.param(
            "“You have lied to this house,” Erik Stang said to the minister, Olav Brun. “I have never "
            "lied in my life,” he replied.",
            "You have lied to this house",
            "Erik Stang",
            id="replies",
        ),
        pytest.param(
            "“The well is dry,” said Abel Torro. Marco Fini, who owns the next farm, agreed. “We pray "
            "for rain,” he said.",
            "The well is dry",
            "Abel Torro",
            id="closed quotation",
        ),
        pytest.param(
            "“The well is dry,” said Abel Torro. Marco Fini, who owns the next farm, agreed. “We pray "
            "for rain,” he said.",
            "We pray for rain",
            "Marco Fini",
            id="closed quotation",
        ),
        pytest.param(
            "Referee Sven Aker fined the captain, Lars Moe, two matches for the push. “I slipped,” he protested.",
            "I slipped",
            "Lars Moe",
            id="asked",
        ),
        pytest.param(
            "Chief Inspector Moira Fenn told villagers that the well was safe. She added that it had "
            "been tested twice.",
            "it had been tested twice",
            "Moira Fenn",
            id="asked guard",
        ),
        pytest.param(
            "Poet Ivan Dresh read at the fair. The moderator, Pavel Kunz, wanted to know why he wrote "
            "so little. “I write at night and burn it in the morning,” he told Kunz.",
            "I write at night",
            "Ivan Dresh",
            id="told",
        ),
        pytest.param(
            "Ashwin Pillai and Meenakshi Rao run the clinic. Rao is the surgeon. “The roof leaks,” she said.",
            "The roof leaks",
            "Meenakshi Rao",
            id="gender",
        ),
        pytest.param(
            "Defender Olu Banjo praised the new keeper, Ben Thorsen. “He is calm, and he shouts at me,” he said.",
            "He is calm",
            "Olu Banjo",
            id="of another",
        ),
        pytest.param(
            "Vet Clara Imhof examined the dog. “Dr Petra Sand gave it the wrong pills,” she said.",
            "gave it the wrong pills",
            "Clara Imhof",
            id="quoted name",
        ),
        pytest.param(
            "Prosecutor Earl Tibbs III opened the trial on Monday. “The money went to Malta,” Tibbs "
            "said. He said the jury would see the receipts.",
            "The money went to Malta",
            "Earl Tibbs III",
            id="suffix",
        ),
        pytest.param(
            "Prosecutor Earl Tibbs III opened the trial on Monday. “The money went to Malta,” Tibbs "
            "said. He said the jury would see the receipts.",
            "the jury would see the receipts",
            "Earl Tibbs III",
            id="suffix",
        ),
        pytest.param(
            "The Norwood Herald counted 40 empty shops. The paper said rents had doubled.",
            "rents had doubled",
            "Norwood Herald",
            id="outlet",
        ),
        pytest.param(
            "By Lorna Keats\n"
            "\n"
            "The ferry was late again on Tuesday. Captain Hugh Brill blamed the tide. “It comes when it"
            " wants,” he said. She does not answer letters, he said of the owner.",
            "It comes when it wants",
            "Hugh Brill",
            id="byline",
        ),
        pytest.param(
            "Interim finance director Paula Reck said the pension fund was safe. Her predecessor, Otto "
            "Lind, had said the same.",
            "the pension fund was safe",
            "Paula Reck",
            id="role",
        ),
        pytest.param(
            "Lady Hale-Morton chaired the inquiry. Beatrice Hale-Morton said on Friday that the files "
            "had been burnt. “It was a disgrace,” Hale-Morton said.",
            "the files had been burnt",
            "Beatrice Hale-Morton",
            id="full name",
        ),
        pytest.param(
            "Lady Hale-Morton chaired the inquiry. Beatrice Hale-Morton said on Friday that the files "
            "had been burnt. “It was a disgrace,” Hale-Morton said.",
            "It was a disgrace",
            "Beatrice Hale-Morton",
            id="full name",
        ),
    ],
)
def test_the_speaker_is_named(nlp: Language, text: str, part: str, speaker: str) -> None:
    assert speaker_of(nlp, text, part) == speaker
