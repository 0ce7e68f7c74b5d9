package dev.vitals.samples.inventory;

import dev.vitals.health.Outcome;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For playing: {@code POST /admin/break}, {@code POST /admin/break?as=warning}, {@code POST /admin/mend}. */
final class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Shelf shelf;

    AdminServlet(Shelf shelf) {
        this.shelf = shelf;
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
            Answer.error(response, 404, "there are /admin/break, /admin/break?as=warning and /admin/mend");
        }
    }

    private void set(HttpServletResponse response, Outcome.Code condition) throws IOException {
        shelf.condition(condition);
        Answer.json(response, 200, "{\"shelf\":\"" + condition + "\"}");
    }
}
