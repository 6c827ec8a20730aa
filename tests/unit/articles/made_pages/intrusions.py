"""Pages whose article is hard to tell from what stands within it, beside it, or before it."""

from html import escape

from bot.model.articles import Wall
from tests.unit.articles.made_pages import furniture as f
from tests.unit.articles.made_pages.page import MadePage
from tests.unit.articles.made_pages.stories import Desk


def posts_with_times(number: int) -> MadePage:
    """A live page: key moments as links, posts with time, headline, text and buttons, newest first."""
    desk = Desk(number)
    story = desk.story(0)
    posts = []
    for place in range(10):
        head, told = desk.headline(), [desk.paragraph() for _ in range(2)]
        story.parts += [("h2", head), *(("p", text) for text in told)]
        posts.append(
            f"<li><article class='lx-stream__post'><header><span class='time'>1{place}:0{place}</span><h3>{escape(head)}</h3></header>"
            f"<div class='lx-body'>{''.join(f'<p>{escape(text, quote=False)}</p>' for text in told)}</div><div class='lx-share'><button>"
            "Share</button><a href='#p'>Copy link</a></div></article></li>"
        )
    moments = "".join(f"<li><a href='#p{n}'>{escape(desk.headline())}</a></li>" for n in range(5))
    body = (
        f"<main><h1>{story.title}</h1><div class='lx-key'><h2>Key moments</h2><ul>{moments}</ul></div><ol class='lx-stream'>"
        f"{''.join(posts)}</ol></main>"
    )
    data = {"@type": "LiveBlogPosting"}
    return MadePage("live page with times", f.framed(story, body, data), story.text)


def gallery_within(number: int) -> MadePage:
    """A gallery of ten pictures with long captions in the middle of an article."""
    desk = Desk(number)
    story = desk.story(8, subheads=False)
    slides = "".join(
        f"<li class='slide'><img src='/{n}.jpg'><div class='slide-text'><span>{n} of 10</span><p>{escape(desk.paragraph(2))}</p><small>Photo: "
        f"{desk.name()} / Valley Pictures</small></div></li>"
        for n in range(1, 11)
    )
    inside = f.with_between(f.body_of(story), f"<div class='photo-gallery js-gallery'><ul>{slides}</ul></div>")
    return MadePage("gallery within", f.framed(story, f.plain_article(story, inside)), story.text)


def folded_answers(number: int) -> MadePage:
    """Questions and answers that unfold: details, and buttons with hidden panels."""
    desk = Desk(number)
    story = desk.story(3, subheads=False)
    parts = f.body_of(story)
    asked = (
        "Why is the terminal so late?",
        "Who pays for it?",
        "When will the ferries come back?",
        "What do the fishers want?",
    )
    for place, question in enumerate(asked):
        answer = desk.paragraph(3)
        story.parts += [("h2", question), ("p", answer)]
        safe = escape(answer, quote=False)
        parts.append(
            f"<details><summary>{question}</summary><p>{safe}</p></details>"
            if place % 2
            else f"<div class='accordion__item'><h3><button aria-expanded='false'>{question}</button></h3><div class='accordion__panel' "
            f"hidden><p>{safe}</p></div></div>"
        )
    return MadePage("folded answers", f.framed(story, f.plain_article(story, "".join(parts))), story.text)


def debate_within(number: int) -> MadePage:
    """Readers' comments inside the article element, in a list whose names say nothing."""
    desk = Desk(number)
    story = desk.story(9, subheads=False)
    said = "".join(
        f"<li class='u-item'><div class='u-head'><a href='/u/{n}'>{desk.name()}</a><span>{n} hours ago</span></div><div class='u-text'><p>"
        f"{escape(desk.comment())}</p></div><div><button>Like ({n})</button><button>Answer</button></div></li>"
        for n in range(1, 11)
    )
    debate = f"<section class='u-list'><h2>Join the debate</h2><ul>{said}</ul></section>"
    article = f.plain_article(story, "".join(f.body_of(story)), debate)
    return MadePage("debate within", f.framed(story, article), story.text)


def boxes_without_names(number: int) -> MadePage:
    """Boxes of other news in the middle, whose classes say nothing."""
    desk = Desk(number)
    story = desk.story(12, subheads=False)
    links = "".join(f"<li><a href='/n/{n}'>{escape(desk.headline())}</a></li>" for n in range(4))
    inside = f.with_between(
        f.body_of(story),
        f"<div class='css-a1'><h3>More on this</h3><ul>{links}</ul></div>",
        f"<table class='t2'><tr><td><b>In depth</b></td></tr><tr><td><a href='/n/9'>{escape(desk.headline())}</a><br>{escape(desk.sentence())}"
        "</td></tr></table>",
        f"<div class='css-b2'><a href='/n/10'><img src='/t.jpg'><span>{escape(desk.headline())}</span></a></div>",
    )
    body = f"<main><h1>{story.title}</h1><div class='css-c3'>{inside}</div></main>"
    return MadePage("boxes without names", f.framed(story, body), story.text)


def corrected(number: int) -> MadePage:
    """Notes of the editors above and below the text."""
    desk = Desk(number)
    story = desk.story(10, subheads=False)
    above = "<p><em>Editor’s note: This story has been updated with a statement by the harbour board.</em></p>"
    below = (
        "<div class='c-note'><p><b>Clarification, March 5, 2026, 9:14 a.m.:</b> An earlier version of this article said that the vote was on "
        "Monday. It was on Tuesday, and the headline has been changed accordingly.</p></div><p><em>Correction: Because of an editing error, a "
        "previous version misspelled the name of the mill.</em></p>"
    )
    inside = f"{above}{''.join(f.body_of(story))}{below}"
    return MadePage("corrected", f.framed(story, f.plain_article(story, inside)), story.text)


def long_consent(number: int) -> MadePage:
    """A short article on a page that explains its cookies at great length."""
    desk = Desk(number)
    story = desk.story(4, subheads=False)
    kinds = "".join(
        f"<div class='ot-acc'><h4>{name} cookies</h4><p>These cookies {what}. They are set by us or by third-party providers whose services we "
        "have added to our pages, and if you do not allow them, some or all of these services may not function properly. They may be used to "
        "build a profile of your interests and show you relevant adverts on other sites.</p></div>"
        for name, what in (
            (
                "Strictly necessary",
                "are needed for the site to function and cannot be switched off in our systems",
            ),
            (
                "Performance",
                "allow us to count visits and traffic sources so that we can measure the performance of our site",
            ),
            ("Functional", "enable the site to provide enhanced functionality and personalisation"),
            ("Targeting", "may be set through our site by our advertising partners"),
        )
    )
    body = (
        f"{f.menu()}<main><h1>{story.title}</h1><div class='copy'>{''.join(f.body_of(story))}</div></main><div class='ot-sdk-row'><h3>Your "
        f"privacy</h3><p>When you visit any website, it may store or retrieve information on your browser, mostly in the form of cookies.</p>"
        f"{kinds}<button>Confirm my choices</button></div>"
    )
    return MadePage("long consent", f.page(f.head(story), body), story.text)


def linked_paragraphs(number: int) -> MadePage:
    """Whole paragraphs that are links, to the site itself and elsewhere, between others and as the last one."""
    desk = Desk(number)
    story = desk.story(9, subheads=False)
    linked = [desk.paragraph(2) for _ in range(3)]
    parts = f.body_of(story)
    for place, (text, address) in zip(
        (3, 6, 11), zip(linked, ("https://county.example/r", "/documents/4", "/news/2"), strict=True), strict=True
    ):
        parts.insert(place, f"<p><a href='{address}'>{escape(text, quote=False)}</a></p>")
        story.parts.insert(place, ("p", text))
    return MadePage("linked paragraphs", f.framed(story, f.plain_article(story, "".join(parts))), story.text)


def attributed_blocks(number: int) -> MadePage:
    """Quotations as blocks with the speaker below them, in a footer, a cite or a paragraph; `q` within `q`."""
    desk = Desk(number)
    story = desk.story(8, subheads=False)
    parts = f.body_of(story)
    names = [desk.name() for _ in range(3)]
    shapes = (
        "<blockquote><p>{said}</p><footer>— {name}, harbour master</footer></blockquote>",
        "<figure class='quote'><blockquote>{said}</blockquote><figcaption>— {name}, <cite>letter to the board</cite></figcaption></figure>",
        "<blockquote class='wp-block-quote'><p>{said}</p><cite>{name}</cite></blockquote>",
    )
    tails = ("— {name}, harbour master", "— {name}, letter to the board", "{name}")
    said = (
        "We were never asked about any of it.",
        "The ice came early and we lost the boats.",
        "I would do the same again tomorrow.",
    )
    for place, shape, tail, name, words in zip((2, 5, 8), shapes, tails, names, said, strict=True):
        parts.insert(place, shape.format(said=words, name=name))
        story.parts.insert(place, ("quote", f"{words} {tail.format(name=name)}"))
    parts.append(
        "<p>She had told them <q>that he said <q>no</q> twice</q>, and left it at that for the evening.</p>"
    )
    story.parts.append(("p", "She had told them “that he said ‘no’ twice”, and left it at that for the evening."))
    return MadePage("attributed blocks", f.framed(story, f.plain_article(story, "".join(parts))), story.text)


def embedded_posts(number: int) -> MadePage:
    """Posts of four networks between the paragraphs."""
    desk = Desk(number)
    story = desk.story(9, subheads=False)
    parts = f.body_of(story)
    names = [desk.name() for _ in range(4)]
    said = (
        "The board has not answered a single letter of ours since May.",
        "Standing on the old pier with two hundred neighbours tonight.",
        "We will publish every invoice tomorrow morning.",
        "No ferry, no school, no doctor. That is the plan, then.",
    )
    handles = [name.split()[0].lower() for name in names]
    shapes = (
        f"<blockquote class='bluesky-embed' data-bluesky-uri='at://x'><p lang='en'>{said[0]}</p>&mdash; {names[0]} (<a href='https://b.example'>"
        f"@{handles[0]}.bsky.social</a>) <a href='https://b.example/1'>March 4, 2026 at 9:12 AM</a></blockquote>",
        "<blockquote class='instagram-media' data-instgrm-captioned><div><a href='https://i.example'>View this post on Instagram</a><p>"
        f"{said[1]}</p><p>A post shared by {names[1]} (@{handles[1]})</p></div></blockquote>",
        f"<blockquote class='twitter-tweet' data-lang='en'><p lang='en' dir='ltr'>{said[2]} <a href='https://t.co/abc'>pic.twitter.com/abc</a></p>"
        f"&mdash; {names[2]} (@{handles[2]}) <a href='https://x.example/2'>March 4, 2026</a></blockquote>",
        f"<blockquote class='tiktok-embed' cite='https://t.example/@{handles[3]}/video/1' data-video-id='1'><section><a title='@{handles[3]}' "
        f"href='https://t.example/@{handles[3]}'>@{handles[3]}</a><p>{said[3]}</p><a href='https://t.example/m'>♬ original sound - {names[3]}</a>"
        "</section></blockquote>",
    )
    signed = [*names[:3], handles[3]]
    for place, (shape, words, who) in enumerate(zip(shapes, said, signed, strict=True)):
        parts.insert(2 * place + 2, shape)
        story.parts.insert(2 * place + 2, ("quote", f"“{words}” — {who}"))
    return MadePage("posts of four networks", f.framed(story, f.plain_article(story, "".join(parts))), story.text)


def two_articles(number: int) -> MadePage:
    """Two whole articles one below the other, in the same markup; the page is about the first."""
    desk = Desk(number)
    story, other = desk.story(8, subheads=False), desk.story(10, subheads=False)
    whole = "".join(
        f"<article class='story-page' data-id='{n}'><h1>{each.title}</h1><div class='meta-line'>{each.author} · 4 March 2026</div><div class='copy'>"
        f"{''.join(f.body_of(each))}</div></article>"
        for n, each in enumerate((story, other))
    )
    return MadePage("two articles", f.framed(story, f"<main>{whole}</main>"), story.text)


def in_brief(number: int) -> MadePage:
    """One article of several short reports, each below a heading of its own."""
    desk = Desk(number)
    story = desk.story(0)
    parts = []
    for _ in range(6):
        head, told = desk.headline(), [desk.paragraph(2) for _ in range(2)]
        story.parts += [("h2", head), *(("p", text) for text in told)]
        parts.append(
            f"<section><h2>{escape(head)}</h2>{''.join(f'<p>{escape(text, quote=False)}</p>' for text in told)}</section>"
        )
    story.title = "The valley in brief: Wednesday’s reports"
    body = f"<article><h1>{story.title}</h1>{''.join(parts)}</article>"
    return MadePage("in brief", f.framed(story, body), story.text)


def transcript(number: int) -> MadePage:
    """A transcript as a list of speakers and what they say."""
    desk = Desk(number)
    story = desk.story(2, subheads=False)
    parts, turns = f.body_of(story), []
    for place in range(10):
        who = ("HOST", "MARA FALK", "JON BRANDT")[place % 3]
        text = desk.paragraph(2)
        story.parts.append(("p", f"{who}: {text}"))
        turns.append(f"<dt>{who}:</dt><dd>{escape(text, quote=False)}</dd>")
    body = f"<article><h1>{story.title}</h1>{''.join(parts)}<dl class='turns'>{''.join(turns)}</dl></article>"
    return MadePage("transcript", f.framed(story, body), story.text)


def letter_offered(number: int) -> MadePage:
    """Boxes for letters and members within the text, whose classes only say how they look."""
    desk = Desk(number)
    story = desk.story(12, subheads=False)
    inside = f.with_between(
        f.body_of(story),
        "<div class='wp-block-group has-background'><h3>Like what you are reading?</h3><p>Get our best stories in your inbox every Friday "
        "morning, together with a note from the editor.</p><form><input type='email'><button>Sign me up</button></form><p>No spam. "
        "Unsubscribe whenever you like.</p></div>",
        "<div class='wp-block-group alignwide'><p><strong>This reporting is paid for by readers.</strong> Join the 2,300 members who make it "
        "possible, from four crowns a month.</p><p><a href='/join'>Become a member</a></p></div>",
    )
    body = f"<article><h1>{story.title}</h1><div class='entry-content'>{inside}</div></article>"
    return MadePage("letter offered", f.framed(story, body), story.text)


def faded_out(number: int) -> MadePage:
    """The beginning of an article that fades out above an offer; the page does not say whether it is free."""
    desk = Desk(number)
    story = desk.story(3, subheads=False)
    offer = (
        "<section class='offer-wall'><h2>To keep reading, choose a plan</h2><ul><li>Unlimited access to every story and the archive</li><li>The "
        "printed paper on Saturdays</li><li>Cancel at any time</li></ul><a href='/buy'>Subscribe now</a><p>Already a subscriber? <a href='/in'>"
        "Log in</a></p></section>"
    )
    body = f"<article><h1>{story.title}</h1><div class='copy copy--truncated'>{''.join(f.body_of(story))}</div>{offer}</article>"
    return MadePage("faded out", f.framed(story, body), story.text, wall=Wall.PAYWALL)


def for_subscribers(number: int) -> MadePage:
    """A teaser of an article that says it is not free, and much prose of other kinds below."""
    desk = Desk(number)
    story = desk.story(2, subheads=False)
    data = {
        "isAccessibleForFree": False,
        "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"},
    }
    body = (
        f"<article><h1>{story.title}</h1><div class='teaser-content'>{''.join(f.body_of(story))}</div><div class='paid' data-qa="
        f"'subscribe-promo'><p>Subscribe to continue reading this story.</p></div></article><section><h2>Latest</h2>{f.unnamed_cards(desk, 8)}"
        "</section>"
    )
    return MadePage("for subscribers", f.framed(story, body, data), story.text, wall=Wall.PAYWALL)


def twice_for_two_screens(number: int) -> MadePage:
    """The whole article twice: once for small screens, once for large ones."""
    desk = Desk(number)
    story = desk.story(9, subheads=False)
    copy = "".join(f.body_of(story))
    body = f"<main><h1>{story.title}</h1><div class='desktop-only'>{copy}</div><div class='mobile-only'>{copy}</div></main>"
    return MadePage("twice for two screens", f.framed(story, body), story.text)


INTRUSIONS = (
    posts_with_times,
    gallery_within,
    folded_answers,
    debate_within,
    boxes_without_names,
    corrected,
    long_consent,
    linked_paragraphs,
    attributed_blocks,
    embedded_posts,
    two_articles,
    in_brief,
    transcript,
    letter_offered,
    faded_out,
    for_subscribers,
    twice_for_two_screens,
)
