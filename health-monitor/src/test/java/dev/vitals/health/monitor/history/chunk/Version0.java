package dev.vitals.health.monitor.history.chunk;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.HexFormat;
import java.util.List;

/** Bytes that the last monitor with version 0 of the format wrote. */
public final class Version0 {
    public static final long NOW = 1_795_000_000_000L;
    static final int MINUTE = (int) (NOW / 60_000);

    private static final String CHUNK = """
            1080f8b2e5bd68dc0bc90174e0d40380897ad0010a736c6f773a2032207302036462010b6c616720c3bc2035207305646973
            6b02000df4f7c31c0201bc05a006a4fd790600f4f7c31ca8010213001c0306013fb999999999999a017e37e43c8800759c78
            cf0f8092f40100156e6f20616e737765722077697468696e203420730035024601e8078092f401cc93870286010541b20502
            0a02080208020802060206020602060206020602040204020602040204020402040202020402040202020402040202020402
            0202020204020202020202020402020202020202020202020202020202020202020202020202020202020202020202030202
            0202020202030202020202030202020202030202020302020203f0040206000201bfe000000000000030f08d0bdb0bc90100
            """;

    private static final String JOURNAL = """
            01000b1080f8b2e5bd68dc0bc90101002a74e0d40380897ad0010a736c6f773a2032207302036462010b6c616720c3bc2035
            2073056469736b020001000e0df4f7c31c0201bc05a006a4fd790100080600f4f7c31ca8010100180213001c0306013fb999
            999999999a017e37e43c8800759c01001e78cf0f8092f40100156e6f20616e737765722077697468696e2034207300010096
            0135024601e8078092f401cc93870286010541b205020a020802080208020602060206020602060206020402040206020402
            0402040204020202040204020202040204020202040202020202040202020202020204020202020202020202020202020202
            020202020202020202020202020202020202020302020202020202030202020202030202020202030202020302020203f004
            0201000c06000201bfe000000000000001000930f08d0bdb0bc90100ac02c8010b1080f8b2e5bd68dc0bc901ac02c8012a74
            e0d40380897ad0010a736c6f773a2032207302036462010b6c616720c3bc20352073056469736b0200ac02c8010e0df4f7c3
            1c0201bc05a006a4fd79ac02c801080600f4f7c31ca801ac02c801180213001c0306013fb999999999999a017e37e43c8800
            759cac02c8011e78cf0f8092f40100156e6f20616e737765722077697468696e2034207300ac02c801960135024601e80780
            92f401cc93870286010541b205020a0208020802080206020602060206020602060204020402060204020402040204020202
            0402040202020402040202020402020202020402020202020202040202020202020202020202020202020202020202020202
            02020202020202020202020302020202020202030202020202030202020202030202020302020203f00402ac02c8010c0600
            0201bfe0000000000000ac02c8010930f08d0bdb0bc90100
            """;

    public static final List<KeptResult> RESULTS = List.of(
            new KeptResult(NOW, Outcome.Code.OK, 1_500, 200, null, List.of()),
            new KeptResult(
                    NOW + 30_000,
                    Outcome.Code.WARNING,
                    2_000_000,
                    207,
                    "slow: 2 s",
                    List.of(
                            new ComponentState("db", Status.WARN, "lag ü 5 s"),
                            new ComponentState("disk", Status.FAIL, null))),
            new KeptResult(NOW + 29_000, Outcome.Code.ERROR, 4_000_000, null, "no answer within 4 s", List.of()),
            new KeptResult(NOW + 120_000, Outcome.Code.OK, 1_499, 200, null, List.of()));

    private Version0() {}

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** Returns a chunk with {@link #RESULTS}, two minutes (3 and 71 polls), and three minutes of series. */
    public static byte[] chunk() {
        return bytes(CHUNK);
    }

    /** Returns a journal row with the same entries twice: for chunk 0 of target 1, and for chunk 200 of target 300. */
    public static byte[] journal() {
        return bytes(JOURNAL);
    }

    /** Returns the bytes of the chunk after another one. */
    static byte[] chunkAfter(int first) {
        return bytes(HexFormat.of().toHexDigits((byte) first) + CHUNK);
    }
}
