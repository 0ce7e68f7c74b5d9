package dev.vitals.health.indicator;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket each of whose reads waits no longer than what is left of the time: a server that sends one byte now and then
 * cannot hold the thread. What is written here fits into the system's buffers and does not block.
 */
final class DeadlineSocket extends Socket {
    private final Deadline deadline;

    DeadlineSocket(Deadline deadline) {
        this.deadline = deadline;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limit();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                limit();
                return super.read(bytes, offset, length);
            }
        };
    }

    private void limit() throws IOException {
        if (deadline.isOver()) {
            throw new SocketTimeoutException();
        }
        setSoTimeout(Math.max(1, deadline.remainingMillis())); // 0 is no limit
    }
}
