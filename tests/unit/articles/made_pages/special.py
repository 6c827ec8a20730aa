"""Pages of special kinds: live blogs, interviews, tabloids, walls, and articles that resemble what they are not."""

from html import escape

from bot.model.articles import Wall
from tests.unit.articles.made_pages import furniture as f
from tests.unit.articles.made_pages.page import MadePage
from tests.unit.articles.made_pages.stories import Desk, Story


def _plain(story: Story, inside: str, around: str = "", more: str = "") -> str:
    return f.page(
        f.head(story, more=more),
        f"{f.menu()}<main><article class='story'><h1>{story.title}</h1><div class='story-body'>{inside}</div></article>{around}</main>{f.footer()}",
    )


def tabloid(number: int) -> MadePage:
    """Boxes of other stories after every second paragraph, most read, a video, credits in the text."""
    desk = Desk(number)
    story = desk.story(16, subheads=False)
    box = (
        f"<div class='article-boxes'><div class='box'><a href='/1'><strong>{escape(desk.headline())}</strong></a><p>{escape(desk.sentence())}"
        f"</p></div><div class='box'><a href='/2'><strong>{escape(desk.headline())}</strong></a><p>{escape(desk.sentence())}</p></div></div>"
    )
    inside = f.with_between(
        f.body_of(story),
        f.teaser_line(desk, "READ MORE |"),
        box,
        "<p>Pic: Valley Pictures/Getty Images</p>",
        f"<div class='mostRead'><h3>Most read</h3>{f.unnamed_cards(desk, 5)}</div>",
        f.teaser_line(desk, "RELATED:"),
        "<p>Scroll down for video</p><div class='vjs-video-3'><p>This is a modal window.</p></div>",
        every=2,
    )
    return MadePage("tabloid", _plain(story, inside, f.comments(desk, 20, wrapper="reader-comments")), story.text)


def live_blog(number: int) -> MadePage:
    """A live blog: posts with a time and a heading each."""
    desk = Desk(number)
    story = desk.story(2, subheads=False)
    posts = []
    for hour in range(9):
        heading, text = desk.headline(), [desk.paragraph(2), desk.paragraph(1)]
        story.parts += [("h2", heading), *(("p", one) for one in text)]
        posts.append(
            f"<article class='lb-post' id='p{hour}'><time>1{hour}:05</time><h2>{escape(heading)}</h2>{''.join(f'<p>{escape(t, quote=False)}</p>' for t in text)}"
            f"<a href='#p{hour}'>Share</a></article>"
        )
    intro = "".join(f.body_of(story)[:2])
    html = f.page(
        f.head(story, {"@type": "LiveBlogPosting"}),
        f"{f.menu()}<main><h1>{story.title}</h1><div class='summary'>{intro}</div><div class='posts'>{''.join(posts)}</div></main>{f.footer()}",
    )
    return MadePage("live blog", html, story.text)


def gallery(number: int) -> MadePage:
    """A short text over many pictures with captions."""
    desk = Desk(number)
    story = desk.story(5, subheads=False)
    slides = "".join(f"<div class='gallery-item'>{f.figure(desk)}</div>" for _ in range(12))
    return MadePage(
        "gallery", _plain(story, "".join(f.body_of(story)) + f"<div class='gallery'>{slides}</div>"), story.text
    )


def interview(number: int) -> MadePage:
    """Questions in bold, answers below."""
    desk = Desk(number)
    story = desk.story(1, subheads=False)
    for _ in range(8):
        story.parts += [("p", f"Why should anybody in {desk.name()}’s place wait?"), ("p", desk.paragraph(2))]
    parts = f.body_of(story)
    inside = "".join(
        p.replace("<p>", "<p><strong>", 1).replace("</p>", "</strong></p>") if n % 2 else p
        for n, p in enumerate(parts)
    )
    return MadePage("interview", _plain(story, inside, f.biography(story)), story.text)


def short_news(number: int) -> MadePage:
    """Four sentences, and much around them."""
    desk = Desk(number)
    story = desk.story(3, subheads=False)
    around = f"{f.newsletter()}{f.related(desk)}<div class='promo'><p>Start your free trial today.</p><p>Already a subscriber? Log in.</p></div>"
    return MadePage("short news", _plain(story, "".join(f.body_of(story)), around), story.text)


def login_box(number: int) -> MadePage:
    """A box to log in, above the article."""
    desk = Desk(number)
    story = desk.story()
    box = (
        "<div class='login-modal'><h2>Log in</h2><p>Please log in to your account to continue. Forgot your password? You can reset it at any "
        "time with the address that you registered with us.</p><form><input name='u'><input type='password'><button>Log in</button></form></div>"
    )
    html = f.page(
        f.head(story),
        f"{box}{f.menu()}<div class='c1'><h1>{story.title}</h1>{''.join(f.body_of(story))}</div>{f.footer()}",
    )
    return MadePage("login box", html, story.text)


def cookie_overlay(number: int) -> MadePage:
    """A consent banner over an article that is all there."""
    desk = Desk(number)
    story = desk.story(8)
    html = f.page(
        f.head(story),
        f"{f.cookie_banner()}{f.menu()}<main><h1>{story.title}</h1>{''.join(f.body_of(story))}</main>{f.footer()}",
    )
    return MadePage("cookie banner", html, story.text)


def newsletter_within(number: int) -> MadePage:
    """Appeals in the middle, as plain paragraphs without telling classes."""
    desk = Desk(number)
    story = desk.story()
    inside = f.with_between(
        f.body_of(story),
        "<p><em>Get the Valley Herald’s top stories delivered straight to your inbox: sign up to our newsletter here.</em></p>",
        "<p>Follow us on <a href='https://x.example/vh'>X</a> and <a href='https://f.example/vh'>Facebook</a>.</p>",
        "<div class='mc_embed'><p>Enter your email</p></div>",
    )
    return MadePage("newsletter in the middle", _plain(story, inside), story.text)


def comments_as_posts(number: int) -> MadePage:
    """Comments in wrappers that are called as articles are, more than the article has text."""
    desk = Desk(number)
    story = desk.story(7, subheads=False)
    said = "".join(
        f"<article class='post entry' itemscope itemtype='https://schema.org/Comment'><header>{desk.name()} wrote:</header><div class='entry-content'>"
        f"<p>{escape(desk.comment())}</p><p>{escape(desk.comment())}</p></div></article>"
        for _ in range(15)
    )
    around = f"<section id='comments' class='comments-area'><h2>15 thoughts</h2>{said}</section>"
    return MadePage("comments as posts", _plain(story, "".join(f.body_of(story)), around), story.text)


def unnamed_comments(number: int) -> MadePage:
    """Comments that only their heading tells."""
    desk = Desk(number)
    story = desk.story()
    said = "".join(f"<div class='x7'><b>{desk.name()}</b><p>{escape(desk.comment())}</p></div>" for _ in range(3))
    return MadePage(
        "comments below a heading",
        _plain(story, "".join(f.body_of(story)) + f"<h3>Comments</h3>{said}"),
        story.text,
    )


def endless_scroll(number: int) -> MadePage:
    """Another article follows below."""
    desk = Desk(number)
    story, other = desk.story(), desk.story(6)
    following = f"<div class='infinite-scroll'><article><h2><a href='/next'>{other.title}</a></h2>{''.join(f.body_of(other))}</article></div>"
    return MadePage("another article below", _plain(story, "".join(f.body_of(story)), following), story.text)


def opinion(number: int) -> MadePage:
    """A column with a biography in the text, a correction and a syndication note."""
    desk = Desk(number)
    story = desk.story(10)
    tail = (
        f"<p><em>{story.author} is a columnist for the Valley Herald. Contact: desk@valley-herald.example</em></p>"
        "<p>This article was amended on 5 March 2026. An earlier version said that the mill had been sold in 2019.</p>"
        "<p>Correction: the name of the board was misspelt.</p>"
    )
    return MadePage("opinion with notes", _plain(story, "".join(f.body_of(story)) + tail), story.text)


def quotations(number: int) -> MadePage:
    """`q` elements, an embedded post, a paragraph that is one link."""
    desk = Desk(number)
    story = desk.story(8, subheads=False)
    who, said = desk.name(), desk.sentence().replace("“", "").replace("”", "")
    parts = f.body_of(story)
    link = "The full report of the inquiry was published by the county on Tuesday, with 200 pages of annexes."
    parts.insert(3, "<p>The mayor called it <q>a sad day for the whole valley</q> and left.</p>")
    parts.insert(
        5,
        f"<blockquote class='twitter-tweet'><p lang='en'>{said} <a href='https://t.co/x'>https://t.co/x</a></p>&mdash; {who} (@{who[:4]}) <a href='/s'>March 4, 2026</a></blockquote>",
    )
    parts.insert(7, f"<p><a href='/report.pdf'>{link}</a></p>")
    story.parts.insert(3, ("p", "The mayor called it “a sad day for the whole valley” and left."))
    story.parts.insert(5, ("quote", f"“{said}” — {who}"))
    story.parts.insert(7, ("link", link))
    return MadePage("quotations and links", _plain(story, "".join(parts)), story.text)


def about_cookies(number: int) -> MadePage:
    """News about cookie banners, newsletters and paywalls."""
    desk = Desk(number)
    story = desk.story(5, subheads=False)
    story.parts += [
        (
            "p",
            f"{desk.name()}, who leads the authority, said sites must offer a button to reject all cookies, and that consent or pay is unlawful.",
        ),
        (
            "p",
            "“Subscribe to continue reading, the banner said, so I went away,” one of those who complained told the court on Friday.",
        ),
        ("p", "The publisher has lost 4,000 subscribers to its newsletter since May, according to the report."),
    ]
    return MadePage(
        "about cookies and paywalls", _plain(story, "".join(f.body_of(story)), f.newsletter()), story.text
    )


def metered(number: int) -> MadePage:
    """A page that says it is not free and shows all of it."""
    desk = Desk(number)
    story = desk.story(4, subheads=False)
    data = {"isAccessibleForFree": False, "wordCount": len(story.text.split())}
    html = f.page(
        f.head(story, data),
        f"{f.menu()}<main><h1>{story.title}</h1>{''.join(f.body_of(story))}</main>{f.footer()}",
    )
    return MadePage("metered, shown in full", html, story.text)


def stub_with_flag(number: int) -> MadePage:
    """Two paragraphs of an article that says it is not free."""
    desk = Desk(number)
    story = desk.story(2, subheads=False)
    html = f.page(
        f.head(story, {"isAccessibleForFree": "False"}),
        f"{f.menu()}<main><h1>{story.title}</h1>{''.join(f.body_of(story))}<div class='paywall'><p>Subscribe to continue reading.</p></div></main>{f.footer()}",
    )
    return MadePage("stub that says so", html, story.text, Wall.PAYWALL)


def stub_without_flag(number: int) -> MadePage:
    """A beginning and an appeal."""
    desk = Desk(number)
    story = desk.story(3, subheads=False)
    appeal = (
        "<div class='gate'><h3>This article is for subscribers only</h3><p>Already a subscriber? Log in</p></div>"
    )
    return MadePage(
        "stub with an appeal", _plain(story, "".join(f.body_of(story)), appeal), story.text, Wall.PAYWALL
    )


def consent_wall(number: int) -> MadePage:
    """Consent instead of an article."""
    body = f"{f.cookie_banner()}<h1>We value your privacy</h1>"
    return MadePage("consent wall", f.page("<title>Your privacy choices</title>", body), "", Wall.CONSENT)


def login_wall(number: int) -> MadePage:
    """A login instead of an article."""
    body = "<h1>Log in</h1><p>Please log in to continue to the Valley Herald.</p><a href='/f'>Forgot your password?</a>"
    return MadePage("login wall", f.page("<title>Log in</title>", body), "", Wall.LOGIN)


def empty_script(number: int) -> MadePage:
    """A page without anything but scripts."""
    return MadePage(
        "only scripts",
        f.page("<title>Valley Herald</title>", "<div id='app'></div><script src='/a.js'></script>"),
        "",
        Wall.SCRIPT,
    )


SPECIAL = (
    tabloid,
    live_blog,
    gallery,
    interview,
    short_news,
    login_box,
    cookie_overlay,
    newsletter_within,
    comments_as_posts,
    unnamed_comments,
    endless_scroll,
    opinion,
    quotations,
    about_cookies,
    metered,
    stub_with_flag,
    stub_without_flag,
    consent_wall,
    login_wall,
    empty_script,
)
