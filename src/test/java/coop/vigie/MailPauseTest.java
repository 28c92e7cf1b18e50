package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MailPauseTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T08:00:00Z"));
    private final MailPause pause = new MailPause(now::get);

    @Test
    void doublesUpToHalfAnHour_andEndsWhenTheServerIsBack() {
        List<Integer> pauses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            pause.note(true);
            int minutes = 0;
            for (; !pause.isOver(); minutes++) {
                now.set(now.get().plusSeconds(60));
            }
            pauses.add(minutes);
        }
        pause.note(false);

        assertEquals(List.of(1, 2, 4, 8, 16, 30, 30), pauses);
        assertTrue(pause.isOver());
    }
}
