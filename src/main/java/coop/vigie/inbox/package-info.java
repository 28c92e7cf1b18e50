/**
 * What mails to us say: delivery reports, complaints, absences, people who leave, answer or suggest a call.
 *
 * <p>In: the bytes of one mail, which may come from anybody and be broken in any way. Out: an {@link InboundMail} with one
 * {@link Reading}. Example:
 *
 * <pre>{@code
 * InboundMail mail = MailReader.read(Files.readAllBytes(file));
 * if (mail.reading() instanceof Reading.Bounce bounce) {
 *     bounce.recipients().forEach(recipient -> log(recipient.address() + " " + recipient.verdict()));
 * }
 * }</pre>
 *
 * <p>Choices: a delivery report is read by its fields (RFC 3464), where it has some, and else by what mail servers write for
 * people; both end in the same {@code Verdict}, from the words first, then from the enhanced status code (RFC 3463). Only
 * what says that an address can never work is hard; when in doubt, a bounce is soft. {@link MailReader} never throws, reads at most
 * two megabytes of a mail and takes time linear in them.
 *
 * <p>Limits: words are known in English, French, Dutch and German.
 */
@NullMarked
package coop.vigie.inbox;

import org.jspecify.annotations.NullMarked;
