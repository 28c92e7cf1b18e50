package coop.vigie.cli;

import coop.vigie.index.CompiledQuery;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Snippets;
import coop.vigie.match.Reason;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Scope;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a title writes the words that were looked for: "théâtrales" where somebody asked for "théâtre". */
final class TitleHits {

    private TitleHits() {}

    /** The words of the title, in its order; none if it was not in the title that the reason was met, or if it writes them as asked. */
    static List<String> of(Reason reason, LocalText title) {
        String language = reason.language();
        if (!"title".equals(reason.field()) || language == null) {
            return List.of();
        }
        String text = title.byLanguage().getOrDefault(language, "");
        List<String> looked = reason.instead().isEmpty() ? List.of(reason.condition()) : reason.instead();
        List<String> written = new Snippets(CompiledQuery.or(looked.stream()
                        .map(query -> new QueryCompiler().compile(query, Scope.NARROW, Instant.EPOCH))
                        .toList()))
                .words(text, language);
        Set<String> asked = looked.stream()
                .flatMap(query -> Arrays.stream(folded(query).split("[^\\p{L}\\p{N}]+")))
                .collect(Collectors.toSet());
        boolean isAsAsked = written.stream().map(TitleHits::folded).allMatch(asked::contains);
        return isAsAsked ? List.of() : written;
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
    }
}
