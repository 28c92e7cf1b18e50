package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often feeds ask to be read. */
class RhythmTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <ttl>90</ttl>                                                            | PT1H30M;;
            <ttl> 90 </ttl><sy:updatePeriod>hourly</sy:updatePeriod>                 | PT1H30M;;
            <sy:updatePeriod>hourly</sy:updatePeriod>                                | PT1H;;
            <sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency> | PT6H;;
            <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>   | ''
            <ttl>soon</ttl>                                                          | ''
            <ttl>-5</ttl>                                                            | ''
            <ttl>99999999999999999999</ttl>                                          | ''
            <skipHours><hour>0</hour><hour>24</hour><hour>7</hour></skipHours>       | PT0S;0,7;
            <skipHours><hour>25</hour><hour>x</hour></skipHours>                     | ''
            <skipDays><day>Sunday</day><day>saturday</day><day>Dimanche</day></skipDays> | PT0S;;SATURDAY,SUNDAY
            """)
    void areReadFromTheChannel(String head, String code) {
        String feed =
                "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><title>A</title>"
                        + head
                        + "<item><title>B</title><link>https://calls.example.org/b</link></item></channel></rss>";

        Feed read = FeedReader.read(feed.getBytes(StandardCharsets.UTF_8), "text/xml", null);

        assertEquals(code, read.rhythm().code());
        assertEquals(read.rhythm(), Rhythm.of(code));
    }

    @Test
    void areNotKnown_whereAFeedSaysNothing() {
        byte[] atom =
                "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title></feed>".getBytes(StandardCharsets.UTF_8);

        assertEquals(Rhythm.NONE, FeedReader.read(atom, "text/xml", null).rhythm());
    }
}
