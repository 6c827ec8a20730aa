"""Layouts of publishing systems, as pages with an article that can be read in full."""

from html import escape

from tests.unit.articles.made_pages import furniture as f
from tests.unit.articles.made_pages.page import MadePage
from tests.unit.articles.made_pages.stories import Desk


def wordpress_classic(number: int) -> MadePage:
    """A classic theme with share buttons, related posts, biography and comments below."""
    desk = Desk(number)
    story = desk.story()
    entry = f.with_between(f.body_of(story), f.figure(desk), f.teaser_line(desk, "Also read:"))
    body = (
        f"{f.menu()}<div id='content'><div class='post type-post hentry'><h1 class='entry-title'>{story.title}</h1>"
        f"<div class='entry-meta'>Posted on 4 March 2026 by {story.author}</div><div class='entry-content'>{entry}"
        f"<div class='sharedaddy sd-sharing-enabled'>{f.share()}</div><div id='jp-relatedposts' class='jp-relatedposts'>"
        f"{f.unnamed_cards(desk, 3)}</div></div>{f.biography(story, 'author-box')}</div>"
        f"<ol class='commentlist'>{f.comments(desk, 12)}</ol></div><div id='sidebar'>{f.unnamed_cards(desk)}</div>{f.footer()}"
    )
    return MadePage(
        "WordPress, classic theme",
        f.page(f.head(story), body, attributes='class="single has-sidebar"'),
        story.text,
    )


def wordpress_blocks(number: int) -> MadePage:
    """A block theme: groups in groups, a pull quote, a query loop below."""
    desk = Desk(number)
    story = desk.story()
    parts = f.with_between(f.body_of(story), "<hr class='wp-block-separator'>", f.newsletter())
    body = (
        f"<div class='wp-site-blocks'>{f.menu()}<main class='wp-block-group'><h1 class='wp-block-post-title'>{story.title}</h1>"
        f"<div class='entry-content wp-block-post-content is-layout-constrained'>{parts}</div>"
        f"<div class='wp-block-query'><ul>{''.join(f'<li class=wp-block-post>{card}</li>' for card in [f.unnamed_cards(desk, 1)] * 4)}"
        f"</ul></div></main>{f.footer()}</div>"
    )
    return MadePage("WordPress, block theme", f.page(f.head(story), body), story.text)


def ghost(number: int) -> MadePage:
    """A Ghost theme with a standfirst, a call to subscribe and further posts."""
    desk = Desk(number)
    story = desk.story()
    parts = f.with_between(f.body_of(story), f.figure(desk))
    body = (
        f"<div class='gh-viewport'>{f.menu()}<main class='gh-main'><article class='gh-article post'><header class='gh-article-header'>"
        f"<h1 class='gh-article-title'>{story.title}</h1></header><section class='gh-content gh-canvas'>{parts}</section></article>"
        f"<section class='gh-subscribe'><h3>Subscribe to our newsletter</h3><p>Never miss a story: get the latest posts delivered "
        f"right to your inbox.</p></section><aside class='read-more-wrap'>{f.unnamed_cards(desk, 3)}</aside></main>{f.footer()}</div>"
    )
    return MadePage("Ghost", f.page(f.head(story), body), story.text)


def drupal(number: int) -> MadePage:
    """Drupal: fields within fields, tags, a block of further news."""
    desk = Desk(number)
    story = desk.story()
    body = (
        f"<div class='dialog-off-canvas-main-canvas'>{f.menu()}<div class='region region-content'><article role='article' "
        f"class='node node--type-article node--view-mode-full'><h1>{story.title}</h1><div class='node__content'>"
        f"<div class='field field--name-field-image'>{f.figure(desk)}</div><div class='clearfix text-formatted field field--name-body "
        f"field--type-text-with-summary'>{''.join(f.body_of(story))}</div><div class='field field--name-field-tags'><a href='/t/1'>Ferry</a>"
        f"</div></div></article><div class='views-element-container'>{f.unnamed_cards(desk, 5)}</div></div>{f.footer()}</div>"
    )
    return MadePage("Drupal", f.page(f.head(story), body), story.text)


def arc(number: int) -> MadePage:
    """Arc XP: one class for each paragraph, advertisements and promotions between them."""
    desk = Desk(number)
    story = desk.story()
    parts = f.with_between(
        f.body_of(story, name="c-paragraph b-article-body__p"),
        "<div class='ad-slot'>Advertisement</div>",
        f"<div class='c-interstitial-link'><a href='/x'>[ {escape(desk.headline())} ]</a></div>",
        f"<div class='b-newsletter-promo'>{f.newsletter()}</div>",
    )
    body = (
        f"{f.menu()}<div id='fusion-app'><div class='b-right-rail'><main class='right-rail-main'><h1 class='b-headline'>{story.title}</h1>"
        f"<div class='b-byline'>By <a href='/a'>{story.author}</a></div><article class='default__ArticleBody-sc-1x2 article-body-wrapper'>{parts}"
        f"</article>{f.biography(story)}</main><aside class='right-rail-col'>{f.unnamed_cards(desk, 8)}</aside></div></div>{f.footer()}"
    )
    return MadePage("Arc XP", f.page(f.head(story), body), story.text)


def substack(number: int) -> MadePage:
    """A newsletter post: subscribe boxes within the text, likes, a discussion below."""
    desk = Desk(number)
    story = desk.story()
    box = (
        "<div class='subscription-widget-wrap'><div class='subscription-widget'><p>The Valley Letter is a reader-supported publication. "
        "To receive new posts and support my work, consider becoming a free or paid subscriber.</p></div></div>"
    )
    parts = f.with_between(f.body_of(story), box, f.figure(desk))
    body = (
        f"<div id='main' class='main typography'>{f.menu(5)}<div class='single-post-container'><article class='typography newsletter-post post'>"
        f"<div class='post-header'><h1 class='post-title'>{story.title}</h1></div><div class='available-content'><div dir='auto' class='body markup'>"
        f"{parts}</div></div></article></div><div class='post-footer'>{f.comments(desk, 5, item='comment-content', wrapper='discussion')}</div></div>"
    )
    return MadePage("Substack-like", f.page(f.head(story), body), story.text)


def components(number: int) -> MadePage:
    """A React site with hashed classes: each paragraph a component of its own."""
    desk = Desk(number)
    story = desk.story(14, subheads=False)
    parts = [
        f"<div data-component='text-block' class='ssrcss-11r1m41-RichTextComponentWrapper'><div class='ssrcss-7uxr49'>{part}</div></div>"
        for part in f.body_of(story, name="ssrcss-1q0x1qg-Paragraph e1jhz7w10")
    ]
    links = f"<div data-component='links-block'><h2>More on this story</h2><ul><li><a href='/1'>{escape(desk.headline())}</a></li></ul></div>"
    inside = f.with_between(parts, f"<div data-component='image-block'>{f.figure(desk)}</div>", links, every=4)
    body = (
        f"<div id='root'>{f.menu()}<main id='main-content'><article class='ssrcss-pv1rh6-ArticleWrapper'><div data-component='headline-block'>"
        f"<h1>{story.title}</h1></div><div data-component='byline-block'><span>By {story.author}</span><span>Local government reporter</span></div>"
        f"{inside}<section data-component='tag-list'><a href='/t'>Ferries</a></section></article><div data-component='recommendations'>"
        f"{f.unnamed_cards(desk, 6)}</div></main>{f.footer()}</div>"
    )
    return MadePage("React components", f.page(f.head(story), body), story.text)


def amp(number: int) -> MadePage:
    """An AMP page."""
    desk = Desk(number)
    story = desk.story()
    parts = f.with_between(
        f.body_of(story), "<amp-ad width=300 height=250></amp-ad>", "<amp-img src='/p.jpg'></amp-img>"
    )
    body = (
        f"<amp-sidebar id='s' layout='nodisplay'>{f.menu()}</amp-sidebar><article class='amp-wp-article'><header><h1 class='amp-wp-title'>"
        f"{story.title}</h1></header><div class='amp-wp-article-content'>{parts}</div></article><amp-consent id='c'><p>We use cookies to make "
        f"this site better.</p></amp-consent>{f.related(desk, 'amp-related-posts')}{f.footer()}"
    )
    return MadePage("AMP", f.page(f.head(story), body, html='amp lang="en"'), story.text)


def scripted(number: int) -> MadePage:
    """A page that shows the beginning; the rest is in its linked data."""
    desk = Desk(number)
    story = desk.story(subheads=False)
    shown = "".join(f.body_of(story)[:2])
    body = f"<div id='__next'>{f.menu()}<main><h1>{story.title}</h1><div class='lead'>{shown}</div></main></div><script>1</script>"
    head = f.head(story, {"articleBody": "\n\n".join(story.paragraphs), "wordCount": len(story.text.split())})
    return MadePage("Next.js, body in linked data", f.page(head, body), story.text)


def streamed(number: int) -> MadePage:
    """A page whose content came in a hidden part, to be moved by a script."""
    desk = Desk(number)
    story = desk.story()
    body = (
        f"{f.menu()}<main><template id='B:0'></template></main>{f.footer()}<div hidden id='S:0'><article><h1>{story.title}</h1>"
        f"<div class='css-0'>{''.join(f.body_of(story))}</div></article></div><script>$RC('B:0','S:0')</script>"
    )
    return MadePage("React, streamed", f.page(f.head(story), body), story.text)


def elementor(number: int) -> MadePage:
    """A page builder: everything is a widget."""
    desk = Desk(number)
    story = desk.story()
    parts = "".join(
        f"<div class='elementor-element elementor-widget elementor-widget-text-editor'><div class='elementor-widget-container'>{part}</div></div>"
        for part in f.body_of(story)
    )
    body = (
        f"{f.menu()}<div class='elementor elementor-location-single'><div class='elementor-widget elementor-widget-theme-post-title'><h1>"
        f"{story.title}</h1></div><section class='elementor-section'>{parts}</section><div class='elementor-widget-share-buttons'>{f.share()}</div>"
        f"<div class='elementor-posts-container'>{f.unnamed_cards(desk, 4)}</div></div>{f.footer()}"
    )
    return MadePage("Elementor", f.page(f.head(story), body), story.text)


def tables(number: int) -> MadePage:
    """A site of 1999: tables, fonts, line breaks."""
    desk = Desk(number)
    story = desk.story(subheads=False)
    text = "<br><br>\n".join(escape(text, quote=False) for text in story.paragraphs)
    links = "<br>".join(f"<a href='/{n}.html'>{escape(desk.headline())}</a>" for n in range(8))
    body = (
        f"<table width='100%'><tr><td width='150' valign='top'><font size='2'>{links}</font></td><td valign='top'><font size='5'><b>{story.title}"
        f"</b></font><br><br><font size='3'>{text}</font></td></tr><tr><td colspan='2'><font size='1'>Copyright 2026 Valley Herald. All rights "
        f"reserved.</font></td></tr></table>"
    )
    return MadePage("tables and line breaks", f.page(f.head(story), body), story.text)


def form_wrapped(number: int) -> MadePage:
    """ASP.NET: the whole page in a form, the paragraphs are divs."""
    desk = Desk(number)
    story = desk.story()
    body = (
        f"<form method='post' id='aspnetForm'><input type='hidden' name='__VIEWSTATE' value='x'>{f.menu()}<div id='ctl00_MainContent'><h1>{story.title}"
        f"</h1><div class='ArticleText'>{''.join(f.body_of(story, 'div'))}</div>{f.biography(story, 'AuthorInfo')}</div>{f.footer()}</form>"
    )
    return MadePage("ASP.NET, in a form", f.page(f.head(story), body), story.text)


def sections(number: int) -> MadePage:
    """A long read in several containers, with advertisements and asides between them."""
    desk = Desk(number)
    story = desk.story(30)
    parts = f.body_of(story)
    cuts = (parts[:9], parts[9:15], parts[15:24], parts[24:])
    between = f"<aside class='pull'><p>{escape(desk.sentence())}</p></aside><div class='ad'><div>Advertisement</div></div>{f.figure(desk)}"
    chunks = between.join(f"<div class='body__inner-container'>{''.join(cut)}</div>" for cut in cuts)
    body = (
        f"{f.menu()}<article class='article main-content'><header class='hero'><h1>{story.title}</h1><p class='dek'></p></header><div class='body'>"
        f"{chunks}</div></article><div class='recirc-list'>{f.related(desk, 'recirc')}</div>{f.footer()}"
    )
    return MadePage("long read in sections", f.page(f.head(story), body), story.text)


SITES = (
    wordpress_classic,
    wordpress_blocks,
    ghost,
    drupal,
    arc,
    substack,
    components,
    amp,
    scripted,
    streamed,
    elementor,
    tables,
    form_wrapped,
    sections,
)
