package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Un budget de 25.000 € par projet                 | 25000 EUR
                    maximum 1 234,50 EUR                             | 1234.5 EUR
                    € 1.250,50 per aanvraag                          | 1250.5 EUR
                    up to €100,000                                   | 100000 EUR
                    EUR 1.500.000,00                                 | 1500000 EUR
                    2,5 miljoen euro                                 | 2500000 EUR
                    un million d'euros                               |
                    3 millions d'euros                               | 3000000 EUR
                    budget: 12,5 Mio. EUR                            | 12500000 EUR
                    48.5 MEUR                                        | 48500000 EUR
                    150k€                                            | 150000 EUR
                    entre 5.000 € et 10.000 €                        | 5000 EUR, 10000 EUR
                    100.000,- euro                                   | 100000 EUR
                    £3.50 or $4                                      | 3.5 GBP, 4 USD
                    1'049.95 CHF                                     | 1049.95 CHF
                    15 mars 2024, article 12.3                       |
                    0,5 euro                                         | 0.5 EUR
                    """)
    void readsAmounts_inBelgianFormats(String text, String expected) {
        String found = Amounts.find(text).stream()
                .map(amount -> amount.amount().toPlainString() + " " + amount.currency())
                .collect(Collectors.joining(", "));

        assertEquals(expected == null ? "" : expected, found);
    }
}
