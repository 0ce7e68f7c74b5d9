package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** Repaints what a command shows in its place on a terminal. The only class that stands on JLine. */
final class LiveScreen {
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int CTRL_C = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss zzz");

    private final Terminal terminal;
    private final Display display;
    private final ClientContext context;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean resized = new AtomicBoolean();
    private Supplier<Shown> picture =
            () -> new Shown(List.of(), NullNode.instance, List.of(), List.of(), ExitCode.FAILED);
    private List<String> lines = List.of();
    private String note = "";
    private boolean stale;
    private int exitCode = ExitCode.FAILED;

    private LiveScreen(Terminal terminal, ClientContext context) {
        this.terminal = terminal;
        this.context = context;
        display = new Display(terminal, true);
    }

    /** Shows it until {@code q} or Ctrl-C; returns the exit code of the latest look. */
    static int run(WatchOptions.Look<Supplier<Shown>> look, Duration every, ChangeSignal signal, ClientContext context)
            throws IOException {
        Supplier<Shown> first = look.now();
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .providers("exec")
                .dumb(true)
                .build()) {
            LiveScreen screen = new LiveScreen(terminal, context);
            screen.take(first);
            return screen.watch(look, every, signal);
        }
    }

    private int watch(WatchOptions.Look<Supplier<Shown>> look, Duration every, ChangeSignal signal) throws IOException {
        Attributes before = terminal.enterRawMode();
        terminal.handle(Terminal.Signal.INT, key -> ended.set(true));
        terminal.handle(Terminal.Signal.WINCH, size -> resized.set(true));
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        try {
            // The other screen begins where the cursor was on the first one.
            display.clear();
            paint();
            while (waitForChange(every, signal)) {
                look(look);
                paint();
            }
        } finally {
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
        // The last picture stays when the screen of before is back.
        lines.forEach(line -> terminal.writer().println(line));
        if (stale) {
            terminal.writer().println(note);
        }
        terminal.flush();
        return exitCode;
    }

    private void take(Supplier<Shown> latest) {
        picture = latest;
        stale = false;
        draw();
        note = "as of " + TIME.withZone(ZoneId.systemDefault()).format(context.now()) + "; q ends";
    }

    /** Makes the lines as of now, since they have ages. */
    private void draw() {
        Shown shown = picture.get();
        lines = shown.lines();
        exitCode = stale ? ExitCode.FAILED : shown.exitCode();
    }

    private void look(WatchOptions.Look<Supplier<Shown>> look) {
        try {
            take(look.now());
        } catch (IOException e) {
            exitCode = ExitCode.FAILED;
            stale = true;
            note = "NOT UP TO DATE: " + Table.clean(GateClient.text(e)) + "; q ends";
        }
    }

    /**
     * Waits for a change, or for the interval while no stream tells of changes, and repaints meanwhile: each second, since ages
     * grow, and if the size of the terminal changes. Returns false if somebody ended it.
     */
    private boolean waitForChange(Duration every, ChangeSignal signal) throws IOException {
        long begin = System.nanoTime();
        long painted = begin;
        while (true) {
            int key = terminal.reader().read(SLICE.toMillis());
            if (ended.get() || key == 'q' || key == 'Q' || key == CTRL_C || key == -1) {
                return false;
            }
            long now = System.nanoTime();
            boolean mayLook = now - begin >= WatchOptions.BETWEEN_LOOKS.toNanos();
            boolean due = (stale || !signal.live()) && now - begin >= every.toNanos();
            if (mayLook && (signal.take() || due)) {
                return true;
            }
            boolean resize = resized.getAndSet(false);
            if (resize) {
                // A terminal moves lines when its size changes, so nothing is where it was.
                display.clear();
            }
            if (resize || now - painted >= TICK.toNanos()) {
                draw();
                paint();
                painted = now;
            }
        }
    }

    private void paint() {
        Size size = terminal.getSize();
        int rows = Math.max(2, size.getRows());
        int columns = Math.max(20, size.getColumns());
        display.resize(Size.of(columns, rows));
        List<AttributedString> painted = new ArrayList<>();
        int room = rows - 1;
        boolean fits = lines.size() <= room;
        lines.stream().limit(fits ? room : room - 1).forEach(line -> painted.add(line(line, columns)));
        if (!fits) {
            painted.add(line("... " + (lines.size() - room + 1) + " more lines", columns));
        }
        while (painted.size() < room) {
            painted.add(AttributedString.EMPTY);
        }
        painted.add(line(note, columns));
        display.update(painted, -1);
    }

    private static AttributedString line(String text, int columns) {
        return AttributedString.fromAnsi(text).columnSubSequence(0, columns);
    }
}
