import pytest
from tests.lab.conftest import Open
from tests.lab.test_answers import IMPORT
pytestmark = pytest.mark.lab
def test_x(open_notebook: Open):
    lab = open_notebook(IMPORT, "quiz('good', items=['word'])", "1 + 1")
    lab.run_all()
    text = lab.item("The word").get_by_role("textbox")
    lab.page.evaluate("() => { window.log=[]; const pd=Event.prototype.preventDefault; Event.prototype.preventDefault=function(){ log.push(['PD',this.type,new Error().stack.slice(0,900)]); return pd.call(this)}; for (const t of ['keydown','keypress','beforeinput','submit','click']) window.addEventListener(t, e => log.push([t, e.key, e.defaultPrevented, e.target.tagName])) }")
    text.fill("cheap talk")
    text.press("Enter")
    lab.page.wait_for_timeout(500)
    print(lab.page.evaluate("log"))
