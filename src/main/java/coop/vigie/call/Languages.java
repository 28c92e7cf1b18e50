package coop.vigie.call;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes one of the pages that say the same in several languages. */
final class Languages {

    private Languages() {}

    /**
     * Title and text in all their languages. Where their dates differ, the earliest counts that is not older than the newest page
     * (one that nobody has brought up to date), and it is doubtful.
     *
     * @param facts the page that speaks for the call; returned as it is if it is no translation
     */
    static Notice joined(Notice facts, List<Notice> all) {
        if (!facts.hasTranslations()) {
            return facts;
        }
        List<Notice> pages = Stream.concat(Stream.of(facts), all.stream().filter(Notice::hasTranslations))
                .distinct()
                .toList();
        return facts.toBuilder()
                .title(together(pages.stream().map(Notice::title).toList()))
                .text(together(pages.stream().map(Notice::text).toList()))
                .stated(deadline(facts, pages))
                .documents(pages.stream()
                        .map(Notice::documents)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null))
                .build();
    }

    private static LocalText together(List<LocalText> texts) {
        Map<String, String> byLanguage = new LinkedHashMap<>();
        texts.forEach(text -> text.byLanguage().forEach(byLanguage::putIfAbsent));
        return new LocalText(byLanguage, texts.getFirst().original());
    }

    private static Deadline deadline(Notice facts, List<Notice> pages) {
        List<Deadline.Dated> dated = pages.stream()
                .map(Notice::stated)
                .filter(Deadline.Dated.class::isInstance)
                .map(Deadline.Dated.class::cast)
                .toList();
        if (dated.isEmpty()) {
            return pages.stream()
                    .map(Notice::stated)
                    .filter(stated -> !(stated instanceof Deadline.Unknown))
                    .findFirst()
                    .orElse(facts.stated());
        }
        return Dates.agreed(dated).orElseGet(() -> earliest(facts, dated));
    }

    private static Deadline.Dated earliest(Notice facts, List<Deadline.Dated> dated) {
        Instant newest = facts.published();
        Deadline.Dated chosen = dated.stream()
                .filter(each -> newest == null || !each.instant().isBefore(newest))
                .min(Comparator.comparing(Deadline.Dated::instant))
                .orElseGet(() -> dated.stream()
                        .max(Comparator.comparing(Deadline.Dated::instant))
                        .orElseThrow());
        return Dates.doubted(chosen);
    }
}
