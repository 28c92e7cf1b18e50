/**
 * The comms team's edition: a file that people write in, and what becomes of it. Values in, values out; the sending is
 * {@link coop.vigie.pipeline.Newsletters}.
 *
 * <p><b>In</b>: {@link coop.vigie.newsletter.Draft.Candidate}s, the open calls of a period with the theme under which each
 * stands. <b>Out</b>: a {@link coop.vigie.newsletter.Newsletter}, whose file ({@link coop.vigie.newsletter.NewsletterFile})
 * a person edits; from it and the calls as they are now an {@link coop.vigie.newsletter.Issue}, which gives a mail, a page
 * or a fragment for every language.
 *
 * <pre>{@code
 * Newsletter draft = Draft.of(head, candidates, now);
 * String file = NewsletterFile.write(draft);              // a person edits it
 * NewsletterFile read = NewsletterFile.read(path);        // or every fault of it, with line and column
 * Issue issue = Issue.of(read, calls, names, moment);     // what closed meanwhile is left out, and said
 * Rendered mail = issue.in("fr").mail(renderer, frame);
 * }</pre>
 *
 * <p>The file holds ids, order and words of people. Dates, titles and addresses of calls are read anew each time: what the
 * file says of them is there for the eye. Words of people are Markdown of which paragraphs, bold, italics, links and lists
 * count; whatever else it holds stays plain text (ADR-0013).
 */
@NullMarked
package coop.vigie.newsletter;

import org.jspecify.annotations.NullMarked;
