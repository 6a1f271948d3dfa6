import pytest
from django.test import Client
from django.urls import reverse
from tests.cases import Walk, finding, now, make_candidate, make_document
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send
from verification.admin.review import PAGES
from verification.models import *
from verification.review import assignment, judgments, triage, verdicts
from verification.review.proof import faults
from django.contrib.auth.models import User

pytestmark = pytest.mark.django_db

def tryit(f):
    try:
        r = f()
        return getattr(r, "status_code", r)
    except Exception as e:
        return f"EXC {type(e).__name__}: {str(e)[:150]}"

def test_inputs():
    walk = Walk().accepted().taken()
    c = as_person(walk.checker); e = as_person(walk.editor)
    r = walk.review
    cand = r.claim.candidates.get()
    other = Walk().review.claim.candidates.get()
    J = reverse("admin:case_judge", args=[r.pk])
    def jrev(): return {"revision": now(r).revision, "judgment_revision": walk.judgment().revision}
    print("reasoning NUL", tryit(lambda: c.post(J, jrev() | {"reasoning": "a\0b"})))
    print("sourcing NUL", tryit(lambda: c.post(J, jrev() | {"sourcing_reason": "a\0b"})))
    print("answer NUL", tryit(lambda: c.post(J, jrev() | {"answer-\0x": "harmless"})))
    print("answer huge", tryit(lambda: c.post(J, jrev() | {"answer-"+"x"*100000: "harmless"})), len(str(walk.judgment().answers)))
    print("surrogate", tryit(lambda: c.generic("POST", J, b"reasoning=%ED%A0%80&revision=1", content_type="application/x-www-form-urlencoded")))
    print("rating big", tryit(lambda: c.post(J, jrev() | {"rating": "9"*15})))
    print("pick big", tryit(lambda: c.post(J, jrev() | {"pick": ["9"*15, "-1", "٣", str(other.pk)], "number-1": "9"*15})))
    print("evid", walk.judgment().evidence.count())
    print("many picks", tryit(lambda: c.post(J, jrev() | {"pick": [str(n) for n in range(900)]})))
    for u in ("admin:verification_review_changelist",):
        L = reverse(u)
        for q in ("q=%00", "q='", 'q="', 'q=R-' + "9"*15, "q=R-٣", "state=bogus", "outlet="+"9"*9, "outlet=%00", "p=-1", "p="+"9"*30, "p=abc", "o=999", "o=-1", "o=abc", "priority__gt=1", "_to_field=id", "all=1", "q="+"a "*3000, "due=x", "wording=%00", "checker=%00", "state=%00", "e=1","_popup=1", "q=%ED%A0%80"):
            print(q[:30], tryit(lambda: e.get(L + "?" + q)))
        print("bulk", tryit(lambda: e.post(L, {"action": "assign_to", "_selected_action": [str(r.pk), "abc"], "to": str(walk.checker.pk), "note": "a\0b"})))
    w2 = Walk().accepted()
    print("bulk2", tryit(lambda: e.post(L, {"action": "assign_to", "_selected_action": [str(w2.review.pk)], "to": str(walk.checker.pk), "note": "a\0b"})))
    print("assign", tryit(lambda: send(walk.editor, Walk().accepted().review, "assign", person=str(walk.checker.pk), note="a\0b")))
    print("change big", tryit(lambda: e.get("/admin/verification/review/" + "9"*30 + "/change/")))
    print("change huge", tryit(lambda: e.get("/admin/verification/review/" + "9"*5000 + "/change/")))
    print("draft big", tryit(lambda: e.get("/admin/verification/review/" + "9"*30 + "/draft/")))
    for d in ("0001-01-01T00:00", "9999-12-31T23:59", "٢٠٣١-05-04T10:00"):
        print("plan", d, tryit(lambda: send(walk.editor, r, "plan", priority="50", deadline=d, second_check="no")))
        print("   page", tryit(lambda: e.get(page_of(r, "verification_review_change"))), now(r).deadline)
        print("   queue", tryit(lambda: e.get(L)))
        print("   home", tryit(lambda: e.get("/admin/")))
    print("plan prio", tryit(lambda: send(walk.editor, r, "plan", priority="-5", deadline="", second_check="no")))
    print("plan prio", tryit(lambda: send(walk.editor, r, "plan", priority="9"*400, deadline="", second_check="no")))
    print("plan prio", tryit(lambda: send(walk.editor, r, "plan", priority="\0", deadline="\0", second_check="\0")))
    w3 = Walk(); art = w3.review.claim.appearances.get().article
    T = reverse("admin:triage_article", args=[art.public])
    base = {"claim": str(w3.review.claim.public), "revision": "0"}
    for extra in ({"do": "accept", "wording": "a\0b", "deadline": "9999-12-31T23:59"}, {"do": "duplicate:R-\0"}, {"do":"duplicate:R-"+"9"*17}, {"do": "x\0"}, {"do": "accept", "claim": "\0"}, {"do": "reword", "wording": "x"*2000000}, {"do":"accept_strongest","case":["1:1", "9"*17+":1", "\0:\0"]}):
        print("triage", str(extra)[:50], tryit(lambda: e.post(T, base | extra)))
    print("triage get", tryit(lambda: e.get(T + "?claim=%00&order=%00")), tryit(lambda: e.get(reverse("admin:triage") + "?p=%00")))
    print("queue after", tryit(lambda: e.get(L)), now(w3.review).deadline)
    for v in ("hold",):
        print(v, tryit(lambda: send(walk.editor, r, "case_do", v, reason="a\0" + "b"*1000000)))
    print("rev", tryit(lambda: e.post(page_of(r, "case_do", "release"), {"revision": "٣"})), tryit(lambda: e.post(page_of(r, "case_do", "release"), {"revision": "9"*9})))
    print("src", tryit(lambda: send(walk.editor, Walk().accepted().taken().review, "case_add_source", url="http://\0", tier="\0")))
    from django.core.files.uploadedfile import SimpleUploadedFile
    rr = Walk().accepted().taken().review
    print("up", tryit(lambda: send(walk.editor, rr, "case_add_source", tier="1", file=SimpleUploadedFile("x\0.txt", b"Hello \0 world of lamps. Forty lamps were bought by the board."))))
    print("up", tryit(lambda: send(walk.editor, rr, "case_add_source", tier="1", file=SimpleUploadedFile("x"*500+".html", b"<title>a\0b</title><p>Hello world of lamps. Forty lamps were bought by the board."))))
    print("up", tryit(lambda: send(walk.editor, rr, "case_add_source", tier="1", file=SimpleUploadedFile("x.pdf", b"%PDF-1.4 garbage"))))
    print("copies", tryit(lambda: e.get(reverse("admin:original", args=[cand.snapshot_sha256]))))
    print("copies", tryit(lambda: e.get(reverse("admin:document_copy", args=[cand.document_id]) + "?start=%00&end=99999999")))
    print("faults", list(faults()))

def test_roles():
    walk = Walk().accepted().taken()
    people = {r: make_person(r) for r in ("intake","checker","editor","publisher","auditor","administrator")}
    people["nogroup"] = make_person()
    su = make_person(); su.is_superuser = True; su.save(); people["super"] = su
    off = make_person("editor"); people["off"] = off
    nostaff = make_person("editor"); nostaff.is_staff=False; nostaff.save(); people["nostaff"]=nostaff
    clients = {k: as_person(p) for k,p in people.items()}
    off.is_active=False; off.save()
    art = walk.review.claim.appearances.get().article
    cand = walk.review.claim.candidates.get()
    import uuid
    rows = {}
    for routes in PAGES:
        for route, view, name in routes:
            args = {"triage_article":[art.public], "document_copy":[cand.document_id], "article_copy":[art.pk], "original":[cand.snapshot_sha256]}.get(name)
            if args is None:
                args = [walk.review.pk] if "<int:pk>" in route else []
                if "verb" in route: args.append("take" if name=="take" else "hold")
            rows[name] = reverse("admin:"+name, args=args)
    for m in ("claims_snapshot","claims_article","claims_claim","claims_appearance","claims_work","claims_submission","verification_source","verification_document","verification_searchrun","verification_candidate","verification_desk","verification_ratingscale","verification_verdict","verification_review","auth_user","auth_group"):
        rows[m+"_list"] = reverse(f"admin:{m}_changelist")
        rows[m+"_add"] = reverse(f"admin:{m}_add")
    rows["hist"] = reverse("admin:verification_review_history", args=[walk.review.pk])
    rows["del"] = reverse("admin:verification_review_delete", args=[walk.review.pk])
    rows["deluser"] = reverse("admin:auth_user_delete", args=[walk.checker.pk])
    rows["user"] = reverse("admin:auth_user_change", args=[walk.checker.pk])
    rows["suuser"] = reverse("admin:auth_user_change", args=[su.pk])
    rows["supw"] = reverse("admin:auth_user_password_change", args=[su.pk])
    rows["pw"] = reverse("admin:auth_user_password_change", args=[walk.checker.pk])
    print()
    print(" "*34, *[k[:8].rjust(9) for k in clients])
    for name, url in rows.items():
        for meth in ("get","post"):
            res = []
            for k, cl in clients.items():
                x = tryit(lambda: getattr(cl, meth)(url))
                res.append(str(x)[:40])
            print((meth+" "+name)[:34].ljust(34), *[x.rjust(9) for x in res])
