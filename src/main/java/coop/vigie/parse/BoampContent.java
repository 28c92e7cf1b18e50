package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.codes.CpvCode;
import coop.vigie.notice.Money;
import coop.vigie.text.CleanHtml;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A notice inside a record of BOAMP, in one of the shapes before eForms: FNSimple, MAPA, or the form before them. They keep the same
 * things under the same names at different places, and so are searched by name.
 *
 * @param document missing or null if the record has none
 */
record BoampContent(JsonNode document) {

    private static final Set<String> TEXTS =
            Set.of("titre_marche", "objet_complet", "intitule", "description", "objet");

    private static final Set<String> CODES = Set.of("cpv", "codecpv");

    /** The eForms notice in its place; missing if there is none. */
    JsonNode eforms() {
        return document.path("EFORMS");
    }

    /** What people read, in its order. */
    Set<String> texts() {
        var texts = new LinkedHashSet<String>();
        collect(document, TEXTS, false, texts);
        return texts;
    }

    List<String> cpv() {
        var written = new LinkedHashSet<String>();
        collect(document, CODES, true, written);
        return written.stream()
                .flatMap(code -> CpvCode.normalize(code).stream())
                .toList();
    }

    /** Until when offers are received, as written; "" if it is not said. */
    String reception() {
        return words(document.findPath("RECEPT_OFFRES"));
    }

    /** The dates to read in place of others, as written. */
    List<String> corrected() {
        return document.findValues("lireDate").stream()
                .map(BoampContent::words)
                .filter(words -> !words.isEmpty())
                .distinct()
                .toList();
    }

    @Nullable
    String documents() {
        return Stream.of(
                        words(document.findPath("urlDocConsul")),
                        words(document.findPath("document").path("coord").path("url")))
                .map(address -> Links.absolute(address.isEmpty() ? null : address, null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** All words at members of these names, or below them; in the order of the document. */
    private static void collect(JsonNode node, Set<String> names, boolean below, Set<String> found) {
        if (node.isArray()) {
            node.forEach(each -> collect(each, names, below, found));
            return;
        }
        for (var member : node.properties()) {
            boolean wanted = names.contains(member.getKey().toLowerCase(Locale.ROOT));
            for (JsonNode value : Json.all(member.getValue())) {
                if (wanted && below) {
                    leaves(value, found);
                } else {
                    String words = CleanHtml.text(TedText.plain(words(value)));
                    if (wanted && !words.isEmpty()) {
                        found.add(words);
                    }
                    collect(value, names, below, found);
                }
            }
        }
    }

    private static void leaves(JsonNode node, Set<String> found) {
        if (node.isValueNode()) {
            found.add(node.asText().strip());
        }
        node.forEach(each -> leaves(each, found));
    }

    static String words(JsonNode value) {
        JsonNode words = value.isObject() ? value.path("#text") : value;
        return words.isValueNode() && !words.isNull() ? words.asText().strip() : "";
    }

    @Nullable
    Money value() {
        JsonNode value = document.findPath("valeurEstimee");
        String written = value.isObject() ? Json.text(value, "valeur", "#text") : words(value);
        String currency = Json.text(value, "@devise", "devise");
        String amount = written.replace(" ", "").replace(',', '.');
        boolean sane = amount.matches("\\d{1,15}(\\.\\d{1,9})?") && currency.matches("[A-Z]{3}|");
        BigDecimal read = sane ? new BigDecimal(amount) : BigDecimal.ZERO;
        // 0 and 1 stand for "no idea".
        return read.compareTo(BigDecimal.ONE) > 0 ? new Money(read, currency.isEmpty() ? "EUR" : currency) : null;
    }
}
