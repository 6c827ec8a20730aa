"""Layouts after the habits of large publishers: what they put between, above and below the paragraphs."""

from html import escape

from tests.unit.articles.made_pages import furniture as f
from tests.unit.articles.made_pages.page import MadePage
from tests.unit.articles.made_pages.stories import Desk


def broadcaster(number: int) -> MadePage:
    """Blocks named by data-component: text, list, picture, links, tags."""
    desk = Desk(number)
    story = desk.story(9, subheads=False)
    item, other = desk.sentence(), desk.sentence()
    blocks = [f"<div data-component='text-block'>{part}</div>" for part in f.body_of(story, name="sc-eb7bd5f6-0")]
    blocks.insert(4, f"<div data-component='unordered-list-block'><ul><li>{item}</li><li>{other}</li></ul></div>")
    story.parts[4:4] = [("item", item), ("item", other)]
    blocks.insert(2, f"<div data-component='image-block'>{f.figure(desk)}</div>")
    links = "".join(f"<li><a href='/news/c{n}'>{escape(desk.headline())}</a></li>" for n in range(3))
    blocks.insert(6, f"<div data-component='links-block'><ul>{links}</ul></div>")
    body = (
        f"<main id='main-content'><article><div data-component='headline-block'><h1>{story.title}</h1></div>"
        f"<div data-component='byline-block'><time>2 hours ago</time><span>{story.author}</span><span>Valley correspondent</span></div>"
        f"{''.join(blocks)}<div data-component='tag-list-block'><a href='/t'>Saltmouth</a></div></article>"
        f"<div data-testid='nevada-section'><h2>More from Valley</h2>{f.unnamed_cards(desk, 4)}</div></main>"
    )
    return MadePage("broadcaster", f.framed(story, body), story.text)


def agency(number: int) -> MadePage:
    """A list of related stories in the middle, a line of underscores and an appeal at the end."""
    desk = Desk(number)
    story = desk.story(10, subheads=False)
    links = "".join(
        f"<div class='PagePromo'><div class='PagePromo-content'><a href='/a/{n}'>{escape(desk.headline())}</a></div></div>"
        for n in range(3)
    )
    inside = f.with_between(
        f.body_of(story),
        f"<div class='PageListEnhancementGeneric'><div class='PageList-header'>Related Stories</div>{links}</div>",
        "<div class='Advertisement'></div>",
    )
    end = "<p>___</p><p>Follow Valley Wire’s coverage of the harbour at <a href='https://vw.example/hub'>https://vw.example/hub</a></p>"
    body = (
        f"<div class='Page-content'><h1 class='Page-headline'>{story.title}</h1><div class='Page-byline'>By "
        f"{story.author}</div><div class='RichTextStoryBody RichTextBody'>{inside}{end}</div></div>"
    )
    return MadePage("agency", f.framed(story, body), story.text)


def islands(number: int) -> MadePage:
    """Rich links and pull quotes as islands between the paragraphs, and an appeal of several paragraphs below."""
    desk = Desk(number)
    story = desk.story(10, subheads=False)
    pulled = story.paragraphs[3].split(". ")[0]
    inside = f.with_between(
        f.body_of(story, name="dcr-16w5gq9"),
        f"<figure data-spacefinder-role='richLink'><gu-island name='RichLink'><a href='/r'><div>{escape(desk.headline())}</div>"
        "<div>Read more</div></a></gu-island></figure>",
        f"<aside data-spacefinder-role='supporting'><blockquote>{escape(pulled)}</blockquote></aside>",
        "<div id='sign-in-gate'></div>",
    )
    epic = (
        "<div data-component='contributions-epic'><h2>Why we ask for your support</h2><p>The people who own most of the valley’s "
        "newspapers live far away. We are owned by our readers, and nobody can tell us what to leave out.</p><p>Last year more than "
        "four thousand of you gave us something. It paid for two reporters who did nothing but sit in council meetings.</p>"
        "<p>If you can, please support us with a small sum a month. It takes less than a minute.</p></div>"
    )
    body = (
        f"<main><article><div data-gu-name='headline'><h1>{story.title}</h1></div><div data-gu-name='body'><div "
        f"id='maincontent' class='article-body-commercial-selector article-body-viewer-selector dcr-1x'>{inside}</div>{epic}</div>"
        f"</article></main>"
    )
    return MadePage("islands", f.framed(story, body), story.text)


def companions(number: int) -> MadePage:
    """Each few paragraphs in a companion column; a note on print and who wrote it at the end."""
    desk = Desk(number)
    story = desk.story(12, subheads=False)
    parts = f.body_of(story, name="css-at9mc1 evys1bk0")
    columns = "".join(
        f"<div class='css-53u6y8 StoryBodyCompanionColumn'><div>{''.join(parts[n : n + 3])}</div><aside class='css-ew4tgv' "
        "aria-label='companion column'></aside></div><div id='dfp-ad'><p>Advertisement</p><a href='#after'>SKIP ADVERTISEMENT</a></div>"
        for n in range(0, 12, 3)
    )
    end = (
        f"<div class='bottom-of-article'><div><p>{story.author} covers the valley’s harbours and rivers for the Herald.</p></div>"
        f"<div><p>A version of this article appears in print on March 5, 2026, Section A, Page 7 of the valley edition with the headline: "
        f"{story.title}. Order Reprints | Today’s Paper | Subscribe</p></div></div><div>See more on: <a href='/t'>Harbour Board</a></div>"
    )
    body = (
        f"<main id='site-content'><article id='story'><header><h1>{story.title}</h1></header><section "
        f"name='articleBody'>{columns}</section>{end}</article></main>"
    )
    return MadePage("companion columns", f.framed(story, body), story.text)


def regional_tabloid(number: int) -> MadePage:
    """Read-more boxes, a messenger community, a poll and an app advertised in whole paragraphs."""
    desk = Desk(number)
    story = desk.story(11, subheads=False)
    inside = f.with_between(
        f.body_of(story),
        f"<div class='in-article-image'><img src='/i.jpg'><span class='caption'>{escape(desk.sentence())}</span></div>",
        f"<p><strong>READ MORE:</strong> <a href='/n/1'>{escape(desk.headline())}</a></p>",
        "<p><em>Join the Valley Herald’s WhatsApp community for breaking news. We also treat our community members to special offers, "
        "promotions and adverts. You can leave at any time. Read our privacy notice.</em></p>",
        every=2,
    )
    end = (
        "<div class='poll-embed'><h3>Have your say! Should the mill be sold? Vote below and tell us why in the comments.</h3></div>"
        f"<p><b>READ NEXT:</b></p><ul><li><a href='/n/2'>{escape(desk.headline())}</a></li><li><a href='/n/3'>{escape(desk.headline())}</a>"
        "</li></ul>"
    )
    body = (
        f"<main class='article-wrapper'><h1>{story.title}</h1><div class='lead-content__subheadline'></div><div class='byline'>"
        f"{story.author}</div><div class='article-body'>{inside}{end}</div>{f.comments(desk, 5)}</main>"
    )
    return MadePage("regional tabloid", f.framed(story, body), story.text)


def picture_paper(number: int) -> MadePage:
    """Captions as paragraphs between the text, and comments with classes of their own."""
    desk = Desk(number)
    story = desk.story(12, subheads=False)
    inside = f.with_between(
        f.body_of(story, name="mol-para-with-font"),
        *(
            f"<div class='artSplitter mol-img-group'><div class='mol-img'><img src='/{n}.jpg'></div><p class='imageCaption'>"
            f"{escape(desk.sentence())}</p></div>"
            for n in range(5)
        ),
        every=2,
    )
    said = "".join(
        f"<div class='comment'><p class='comment-body comment-text'>{escape(desk.comment())}</p><p class='user-info'>{desk.name()}, "
        "Saltmouth, 3 hours ago</p></div>"
        for _ in range(12)
    )
    body = (
        f"<div id='content' class='home'><div id='js-article-text' class='article-text wide'><h1>{story.title}</h1><p class="
        f"'author-section byline-plain'>By {story.author} for the Valley Herald</p><p class='byline-section'>Published: 10:02, 4 March 2026 | "
        f"Updated: 11:30, 4 March 2026</p><div itemprop='articleBody'>{inside}</div></div><div id='reader-comments' class='reader-comments'>"
        f"<h3>Comments 12</h3>{said}</div></div>"
    )
    return MadePage("picture paper", f.framed(story, body), story.text)


def broken_lines(number: int) -> MadePage:
    """No paragraphs: a container with line breaks, announcements and a table of contents between them."""
    desk = Desk(number)
    story = desk.story(10, subheads=False)
    lines = [escape(text, quote=False) for text in story.paragraphs]
    lines[3] += f"<div class='ext-box'>Also Read | <a href='/x1'>{escape(desk.headline())}</a></div>"
    lines[6] += f"<div class='liveUpdate'>Live Events</div><a class='c1' href='/x2'>{escape(desk.headline())}</a>"
    body = (
        f"<div class='contentwrapper'><h1>{story.title}</h1><div class='xf8Pm byline'>{story.author} / VNN / Mar 4, 2026, 10:02 IST"
        f"</div><div class='_s30J clearfix'>{'<br><br>'.join(lines)}</div><div class='authorComments'><span>About the Author</span>"
        f"<span>{story.author}</span><p>The Valley News Desk brings you the latest from across the valley and the coast.</p></div></div>"
    )
    return MadePage("line breaks", f.framed(story, body), story.text)


def syndicated(number: int) -> MadePage:
    """A report of an agency with the usual note below, and boxes between."""
    desk = Desk(number)
    story = desk.story(9, subheads=False)
    inside = f.with_between(
        f.body_of(story),
        f"<div class='ins_instory_dv'><div class='ins_instory_dv_cont'><img src='/p.jpg'><p class='ins_instory_dv_caption'>"
        f"{escape(desk.sentence())}</p></div></div>",
        "<div class='add__txt'>Advertisement - Scroll to continue</div>",
    )
    note = (
        "<p><em>(Except for the headline, this story has not been edited by Valley Herald staff and is published from a syndicated feed.)</em>"
        "</p>"
    )
    body = (
        f"<div class='sp-wrp'><h1 itemprop='headline' class='sp-ttl'>{story.title}</h1><div class='sp-cn ins_storybody' "
        f"id='ins_storybody' itemprop='articleBody'>{inside}{note}</div></div>"
    )
    return MadePage("syndicated", f.framed(story, body), story.text)


def brief_points(number: int) -> MadePage:
    """Bold labels begin the paragraphs, points in lists, an announcement as the last line."""
    desk = Desk(number)
    story = desk.story(8, subheads=False)
    labels = (
        "Why it matters:",
        "The big picture:",
        "What they’re saying:",
        "Zoom in:",
        "The other side:",
        "The bottom line:",
    )
    parts = []
    made: list[tuple[str, str]] = []
    for place, text in enumerate(story.paragraphs):
        label = labels[place - 1] if 0 < place <= len(labels) else ""
        made.append(("p", f"{label} {text}".strip()))
        parts.append(f"<p>{f'<strong>{label}</strong> ' if label else ''}{escape(text, quote=False)}</p>")
        if place in (2, 4):
            points = [desk.sentence() for _ in range(2)]
            made.extend(("item", point) for point in points)
            parts.append(
                f"<ul>{''.join(f'<li><p>{escape(point, quote=False)}</p></li>' for point in points)}</ul>"
            )
    story.parts = made
    parts.append(f"<p><strong>Go deeper:</strong> <a href='/d'>{escape(desk.headline())}</a></p>")
    body = (
        f"<main><article><h1 data-cy='story-headline'>{story.title}</h1><div class='StoryBodyPresentational'>{''.join(parts)}"
        f"</div></article></main>"
    )
    return MadePage("brief points", f.framed(story, body), story.text)


def asked_about_adverts(number: int) -> MadePage:
    """Questions about the advertisements are in the page, as are carousels of videos and related content."""
    desk = Desk(number)
    story = desk.story(11, subheads=False)
    feedback = (
        "<div class='ad-feedback__modal'><div><h2>Ad Feedback</h2><p>How relevant is this ad to you?</p><p>Did you encounter any technical "
        "issues?</p><ul><li>Video player was slow to load content</li><li>Video content never loaded</li><li>Ad froze or did not finish "
        "loading</li></ul><p>Your effort and contribution in providing this feedback is much appreciated.</p></div></div>"
    )
    inside = f.with_between(
        f.body_of(story, name="paragraph inline-placeholder vossi-paragraph"),
        f"<div class='related-content related-content--article'><a href='/r'><p>Related article</p><p>{escape(desk.headline())}</p></a></div>",
        f"<div class='video-inline_carousel'><div>{escape(desk.headline())}</div><div>1:42</div><div>- Source: Valley TV</div></div>",
    )
    body = (
        f"{feedback}{f.menu()}<section class='layout__wrapper'><h1 class='headline__text'>{story.title}</h1><div class='article__content-"
        f"container'><div class='article__content' itemprop='articleBody'><p class='source'><cite class='source__cite'>VNN</cite> &mdash; </p>"
        f"{inside}</div></div></section>{f.footer()}"
    )
    return MadePage("questions about advertisements", f.page(f.head(story), body), story.text)


def start_ups(number: int) -> MadePage:
    """An event is advertised in the middle of the text, in prose; the author is introduced below."""
    desk = Desk(number)
    story = desk.story(9, subheads=False)
    event = (
        "<div class='wp-block-valley-inline-cta'><div class='inline-cta__wrapper'><p>Valley Herald event</p><h3>Join 10,000 founders at "
        "Harbour Tech 2026</h3><p>Meet the people who build the valley’s next companies, and hear more than 200 sessions in three days. "
        "Tickets are cheaper until Friday.</p><p>Saltmouth | October 13-15, 2026</p><a href='/e'>REGISTER NOW</a></div></div>"
    )
    body = (
        f"<main class='wp-block-group'><h1 class='article-hero__title wp-block-post-title'>{story.title}</h1><div class='"
        f"entry-content wp-block-post-content'>{f.with_between(f.body_of(story, name='wp-block-paragraph'), event)}</div><div class='wp-block-"
        f"post-terms'>Topics <a href='/t'>Startups</a></div><div class='wp-block-post-authors'><p>{story.author}</p><p>{story.author} is a "
        f"senior reporter who writes about transport and money. You can contact her at tips@valley-herald.example.</p></div></main>"
    )
    return MadePage("start-ups", f.framed(story, body), story.text)


def scholars(number: int) -> MadePage:
    """An essay by a scholar: a disclosure statement, partners and a licence to republish around it."""
    desk = Desk(number)
    story = desk.story(11)
    body = (
        f"<article><header><h1 class='legacy entry-title'>{story.title}</h1></header><aside class='sidebar'><h2>Author</h2><p>"
        f"{story.author}, Lecturer in Hydrology, University of Saltmouth</p><h2>Disclosure statement</h2><p>{story.author} does not work for, "
        "consult, own shares in or receive funding from any company or organisation that would benefit from this article, and has disclosed "
        "no relevant affiliations beyond their academic appointment.</p><h2>Partners</h2><p>University of Saltmouth provides funding as a "
        f"founding partner of the Valley Essays.</p></aside><div class='content-body' itemprop='articleBody'>{''.join(f.body_of(story))}"
        f"<p>This article is republished from Valley Essays under a Creative Commons licence. Read the <a href='/o'>original article</a>.</p>"
        f"</div></article>"
    )
    return MadePage("scholars", f.framed(story, body), story.text)


def state_agency(number: int) -> MadePage:
    """A date line, pictures with captions as paragraphs, the editor's name below."""
    desk = Desk(number)
    story = desk.story(7, subheads=False)
    first = f"SALTMOUTH, March 4 (Valley Wire) -- {story.paragraphs[0]}"
    story.parts[0] = ("p", first)
    inside = f.with_between(
        f.body_of(story),
        f"<p style='text-align: center'><img src='/x.jpg'></p><p style='text-align: center'><font color='blue'>{escape(desk.sentence())} "
        f"(Valley Wire/{desk.name()})</font></p>",
    )
    body = (
        f"<div class='main clearfix'><div class='header'><h1><span class='title'>{story.title}</span></h1><div class='infor'>"
        f"Source: Valley Wire| 2026-03-04 10:02:11|Editor: lin</div></div><div id='detail'>{inside}</div><div class='bjxl'>Editor: lin</div>"
        f"<div class='share'>Share</div></div>"
    )
    return MadePage("state agency", f.framed(story, body), story.text)


PUBLISHERS = (
    broadcaster,
    agency,
    islands,
    companions,
    regional_tabloid,
    picture_paper,
    broken_lines,
    syndicated,
    brief_points,
    asked_about_adverts,
    start_ups,
    scholars,
    state_agency,
)
