package coop.vigie.schedule;

import coop.vigie.notice.VigieException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Does one piece of work again and again, until it is stopped. */
public final class Daemon {

    private static final String WORK = "work";

    private final Runnable work;
    private final Duration pause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean idle = new AtomicBoolean(true);

    /**
     * @param work what to do; it catches its own failures
     * @param pause from the start of one to the start of the next; a longer one delays the next
     */
    public Daemon(Runnable work, Duration pause) {
        this.work = work;
        this.pause = pause;
    }

    /** Works until {@link #stop}; returns when the piece under way is done. */
    public void run() {
        try {
            Scheduler scheduler = scheduler();
            scheduler.getContext().put(WORK, this);
            scheduler.scheduleJob(
                    JobBuilder.newJob(Tick.class).build(),
                    TriggerBuilder.newTrigger()
                            .startNow()
                            .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                    .withIntervalInMilliseconds(pause.toMillis())
                                    // What was missed while a piece took long is not made up for.
                                    .withMisfireHandlingInstructionNextWithRemainingCount()
                                    .repeatForever())
                            .build());
            scheduler.start();
            stop.await();
            scheduler.shutdown(true);
        } catch (SchedulerException failure) {
            throw new VigieException("the scheduler could not be started: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** True while no piece of work is under way. */
    public boolean isIdle() {
        return idle.get();
    }

    /**
     * Asks it to stop and waits for the piece under way, but not longer than that.
     *
     * @return false if it was still at work then
     */
    public boolean stop(Duration atMost) {
        stop.countDown();
        try {
            return stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Scheduler scheduler() throws SchedulerException {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "vigie");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        return new StdSchedulerFactory(properties).getScheduler();
    }

    private void tick() {
        idle.set(false);
        try {
            work.run();
        } finally {
            idle.set(true);
        }
    }

    /** Quartz makes one of these for every execution. */
    @DisallowConcurrentExecution
    public static final class Tick implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            try {
                if (context.getScheduler().getContext().get(WORK) instanceof Daemon daemon) {
                    daemon.tick();
                }
            } catch (SchedulerException failure) {
                throw new IllegalStateException("the scheduler has lost its work", failure);
            }
        }
    }
}
