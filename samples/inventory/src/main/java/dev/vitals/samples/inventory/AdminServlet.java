package dev.vitals.samples.inventory;

import dev.vitals.health.Outcome;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Breaks and repairs the check on purpose: {@code POST /admin/break}, {@code POST /admin/break?as=warning}, {@code POST /admin/mend}. */
final class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Stock stock;

    AdminServlet(Stock stock) {
        this.stock = stock;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String action = request.getPathInfo();
        if ("/mend".equals(action)) {
            set(response, Outcome.Code.OK);
        } else if ("/break".equals(action)) {
            boolean warning = "warning".equals(request.getParameter("as"));
            set(response, warning ? Outcome.Code.WARNING : Outcome.Code.ERROR);
        } else {
            JsonResponse.error(response, 404, "there are /admin/break, /admin/break?as=warning and /admin/mend");
        }
    }

    private void set(HttpServletResponse response, Outcome.Code condition) throws IOException {
        stock.condition(condition);
        JsonResponse.json(response, 200, "{\"shelf\":\"" + condition + "\"}");
    }
}
