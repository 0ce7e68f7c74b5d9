package dev.vitals.samples.inventory;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /stock/ITEM} and {@code POST /stock/ITEM/reserve?quantity=N}. */
final class StockServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern PATH = Pattern.compile("/([a-z]{1,50})(|/reserve)");
    private static final Pattern QUANTITY = Pattern.compile("[1-9][0-9]{0,2}");

    private final transient Stock stock;

    StockServlet(Stock stock) {
        this.stock = stock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> item = item(request, "");
        if (item.isPresent()) {
            show(response, item.get());
        } else {
            unknown(response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> item = item(request, "/reserve");
        String quantity = request.getParameter("quantity");
        if (item.isEmpty()) {
            unknown(response);
        } else if (quantity == null || !QUANTITY.matcher(quantity).matches()) {
            JsonResponse.error(response, 400, "quantity must be a number from 1 to 999");
        } else if (stock.reserve(item.get(), Integer.parseInt(quantity))) {
            show(response, item.get());
        } else {
            JsonResponse.error(response, 409, "not so many left");
        }
    }

    private Optional<String> item(HttpServletRequest request, String action) {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("");
        Matcher parts = PATH.matcher(path);
        return parts.matches() && action.equals(parts.group(2))
                ? Optional.of(parts.group(1)).filter(item -> stock.left(item).isPresent())
                : Optional.empty();
    }

    private void show(HttpServletResponse response, String item) throws IOException {
        int left = stock.left(item).orElse(0);
        JsonResponse.json(response, 200, "{\"item\":\"" + item + "\",\"left\":" + left + "}");
    }

    private static void unknown(HttpServletResponse response) throws IOException {
        JsonResponse.error(response, 404, "no such item");
    }
}
