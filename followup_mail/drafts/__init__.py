"""What to say: from a step and the facts to a draft, by way of templates.

Read ``write_draft`` first, then what it uses: ``assignment`` chooses the wording, ``template_context`` collects the
facts for it, ``template_engine`` renders it. ``template_folders`` and ``template_files`` find wordings; the user's own
are rendered in another process (``render_process``, ``render_child``). ``write_script`` is for calls, letters and
messages.
"""
