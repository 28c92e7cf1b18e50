package coop.vigie.digest;

import coop.vigie.notice.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as people write them in the three languages. */
final class MoneyWords {

    /** Nobody pays this much; whoever writes it mistyped, and the digits would fill the page. */
    private static final BigDecimal ABSURD = new BigDecimal("1000000000000");

    private MoneyWords() {}

    /** "12 000 €", "€ 12.000", "€12,000"; cents only where there are some; empty for zero, less, and the absurd. */
    static String of(Money money, Messages messages) {
        BigDecimal amount = money.amount();
        if (amount.signum() <= 0 || amount.compareTo(ABSURD) >= 0) {
            return "";
        }
        String digits = digits(amount.setScale(2, RoundingMode.HALF_UP), messages);
        return money.currency().equals("EUR") ? messages.text("money.eur", digits) : digits + " " + money.currency();
    }

    private static String digits(BigDecimal cents, Messages messages) {
        String plain = cents.toPlainString();
        int point = plain.indexOf('.');
        var digits = new StringBuilder(plain.substring(0, point));
        for (int at = point - 3; at > 0; at -= 3) {
            digits.insert(at, messages.text("number.group"));
        }
        String fraction = plain.substring(point + 1);
        return fraction.equals("00")
                ? digits.toString()
                : digits.append(messages.text("number.point")).append(fraction).toString();
    }
}
