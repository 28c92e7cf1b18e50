package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Warning;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Alert mails and newsletters, as members receive them: a notice for each item ({@link Newsletter}), published when the mail was
 * sent, with its deadline from the words around the link. The last line of its text says who sent it when, under which subject.
 *
 * <p>{@code params}: {@code from} lets only mails of these addresses or domains through, {@code hosts} only links that lead to these
 * hosts. A mail is known by its Message-ID, an item by its link: the same call in two mails is one call, whose earliest
 * date counts where they differ.
 */
public final class MailboxParser implements NoticeParser {

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        MailMessage mail = MailMessage.of(payload.bytes());
        if (mail == null) {
            return Parsed.failed("a document that is no mail");
        }
        List<String> senders = param(context, "from");
        boolean wanted = senders.isEmpty() || senders.stream().anyMatch(sender -> isFrom(mail.address(), sender));
        if (!wanted || mail.report()) {
            return new Parsed(List.of(), List.of(), List.of(), null);
        }
        List<Newsletter.Item> items = Newsletter.items(mail.html(), param(context, "hosts"));
        Wanted filter = Wanted.of(context);
        var notices = new ArrayList<ParsedNotice>();
        for (Newsletter.Item item : items) {
            if (filter.accepts(item.title(), item.link())) {
                byte[] raw = item.html().getBytes(StandardCharsets.UTF_8);
                notices.add(new ParsedNotice(notice(item, mail, context), raw, "text/html"));
            }
        }
        List<Warning> warnings = items.isEmpty()
                ? List.of(new Warning(
                        context.source(), payload.position(), "item", mail.subject(), "no item was found in this mail"))
                : List.of();
        return new Parsed(notices, warnings, List.of(), null);
    }

    private static List<String> param(ParseContext context, String name) {
        return context.options().params().getOrDefault(name, List.of()).stream()
                .map(value -> value.toLowerCase(Locale.ROOT).replaceFirst("^@", ""))
                .toList();
    }

    private static boolean isFrom(String address, String sender) {
        return address.equals(sender) || address.endsWith("@" + sender) || address.endsWith("." + sender);
    }

    private static Notice notice(Newsletter.Item item, MailMessage mail, ParseContext context) {
        String words = item.text().contains(item.title()) ? item.text() : item.title() + "\n\n" + item.text();
        String language = ItemLanguage.of(null, Newsletter.language(mail.html()), context.languages(), words);
        Deadline deadline = TextDeadline.find(words, mail.sent(), context, language);
        String identity = Links.identity(item.link());
        String id = Hash.shortened(identity) + "#" + Hash.of(mail.id()).substring(0, 12);
        return new Notice.Builder(new NoticeId(context.source(), id), context.zone())
                .kind(context.kind() == null ? Kind.CALL : context.kind())
                .level(context.level())
                .title(LocalText.of(language, item.title()))
                .text(LocalText.of(language, (item.text() + "\n" + provenance(mail, context)).strip()))
                .published(mail.sent())
                .stated(deadline)
                .places(context.places())
                .url(item.link())
                .procedure(Notice.TRANSLATIONS + Hash.of(identity))
                .build();
    }

    private static String provenance(MailMessage mail, ParseContext context) {
        String day = mail.sent() == null ? "" : ", " + LocalDate.ofInstant(mail.sent(), context.zone());
        return "— " + mail.sender() + day + " : « " + mail.subject() + " »";
    }
}
