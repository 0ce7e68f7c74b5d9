package dev.vitals.samples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether the ports are free before anything is started. */
final class FreePorts {
    private FreePorts() {}

    /**
     * Binds each port on loopback for a moment.
     *
     * @throws IllegalArgumentException if that fails; names the port and how to choose another
     */
    static void require(Settings settings) {
        for (App app : App.values()) {
            int port = settings.port(app);
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true); // connections that linger from the last run do no harm
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "port " + port + " for " + app.word() + " is taken; choose another with -D" + app.portProperty()
                                + "=NUMBER",
                        e);
            }
        }
    }
}
