package coop.vigie.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds amounts with a currency, in the number formats of Belgium and its neighbours: {@code 25.000 €}, {@code € 1.250,50},
 * {@code 1 234,50 EUR}, {@code 2,5 miljoen euro}, {@code €100,000}.
 *
 * <p>One separator followed by exactly three digits groups thousands; otherwise it is the decimal sign. With two kinds of
 * separators the last one is the decimal sign.
 */
public final class Amounts {

    private static final String NUMBER =
            "(?<![\\p{L}\\d.,])(?:\\d{1,3}(?:[ .,'’\\u00A0\\u202F]\\d{3}){1,5}+(?!\\d)|\\d{1,15}+)(?:[.,]\\d{1,2}(?!\\d)|[.,]\\d{4,8})?+(?:,-|,–|\\.-)?+";
    private static final String SCALE =
            "(?:[ \\u00A0]?(?:k|K|M|Mio\\.?|mio\\.?|mln\\.?|Mrd\\.?|millions?|miljoen|Millionen?|milliers?"
                    + "|duizend|thousand|Tausend|mille|milliards?|miljard|Milliarden?|billions?)(?![\\p{L}\\d])|[ \\u00A0]?[kKM](?=€|EUR))";
    private static final String CURRENCY =
            "(?:€|EUROS?(?!\\p{L})|EUR(?!\\p{L})|[Ee]uros?(?!\\p{L})|eur(?!\\p{L})|£|GBP(?!\\p{L})|US\\$|USD(?!\\p{L})|\\$|CHF(?!\\p{L}))";

    private static final Pattern AMOUNT = Pattern.compile("(?<before>(?<!\\p{L})" + CURRENCY
            + ")[ \\u00A0]?(?<number>(?<=[ \\u00A0€£$RDPFrs])" + unguarded() + ")(?<scale>" + SCALE + ")?"
            + "|(?<number2>" + NUMBER + ")(?<scale2>" + SCALE + ")?(?:[ \\u00A0](?:d'|d’|of |de ))?[ \\u00A0]?(?<after>"
            + CURRENCY
            + ")");

    private Amounts() {}

    private static String unguarded() {
        return NUMBER.substring(NUMBER.indexOf("(?:\\d"));
    }

    /** In the order of the text; numbers without a currency are left out. */
    public static List<FoundAmount> find(String text) {
        String bounded = text.length() > Folded.LIMIT ? text.substring(0, Folded.LIMIT) : text;
        var amounts = new ArrayList<FoundAmount>();
        Matcher matcher = AMOUNT.matcher(bounded);
        while (matcher.find()) {
            boolean leading = matcher.group("before") != null;
            String number = matcher.group(leading ? "number" : "number2");
            String scale = matcher.group(leading ? "scale" : "scale2");
            String currency = matcher.group(leading ? "before" : "after");
            BigDecimal amount = value(number).multiply(factor(scale));
            amounts.add(new FoundAmount(matcher.start(), matcher.group().strip(), plain(amount), code(currency)));
        }
        return List.copyOf(amounts);
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static BigDecimal value(String written) {
        StringBuilder digits = new StringBuilder();
        int decimals = decimalSign(written);
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (i == decimals) {
                digits.append('.');
            }
        }
        return new BigDecimal(
                digits.charAt(digits.length() - 1) == '.'
                        ? digits.substring(0, digits.length() - 1)
                        : digits.toString());
    }

    /** Index of the decimal sign; -1 if the number is whole. */
    private static int decimalSign(String written) {
        int last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
        if (last < 0) {
            return -1;
        }
        int after = 0;
        while (last + 1 + after < written.length() && Character.isDigit(written.charAt(last + 1 + after))) {
            after++;
        }
        return after == 0 || after == 3 ? -1 : last;
    }

    private static BigDecimal factor(@Nullable String scale) {
        if (scale == null) {
            return BigDecimal.ONE;
        }
        String word = Folded.of(scale).replace(".", "").strip();
        if (word.startsWith("milliard")
                || word.startsWith("miljard")
                || word.startsWith("billion")
                || word.equals("mrd")) {
            return BigDecimal.valueOf(1_000_000_000);
        }
        boolean thousand = word.equals("k")
                || word.startsWith("millier")
                || word.equals("mille")
                || word.equals("duizend")
                || word.equals("thousand")
                || word.equals("tausend");
        return BigDecimal.valueOf(thousand ? 1_000 : 1_000_000);
    }

    private static String code(String currency) {
        return switch (currency.charAt(0)) {
            case '£', 'G' -> "GBP";
            case '$', 'U' -> "USD";
            case 'C' -> "CHF";
            default -> "EUR";
        };
    }
}
