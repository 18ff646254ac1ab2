"""The words of « À qui de jouer », situation by situation."""

HOLDERS = {
    "loge": "C’est au tour de votre loge",
    "office": "C’est au tour de l’Office",
    "company": "C’est au tour de l’entreprise",
    "you": "C’est à vous",
}
# The same, as the Office's side and a neighbour who follows read it.
HOLDERS_AT_THE_OFFICE = {
    "loge": "C’est au tour de la loge",
    "office": "C’est au tour de l’Office",
    "company": "C’est au tour de l’entreprise",
    "you": "C’est au tour du locataire",
    "nobody": "Personne n’a rien à faire",
}
HOLDERS_FOR_FOLLOWERS = HOLDERS_AT_THE_OFFICE | {"you": "L’Office attend une précision"}
BASES = {
    "commitment": "C’est l’engagement de l’Office.",
    "appointment": "C’est le rendez-vous.",
    "thirty_days": "Vous avez 30 jours pour le dire.",
    "law": "C’est la loi du 6 juillet 1989 qui le dit.",
}
CALL = "Si rien n’arrive d’ici là, appelez votre loge avec le numéro de la réclamation, ou écrivez plus bas."
LATE = (
    "La date est passée : l’Office le voit dans ses retards. Appelez votre loge ou l’Office avec le numéro de la "
    "réclamation, ou écrivez plus bas. Sans réponse, vous pouvez saisir la commission départementale de conciliation."
)
AGAIN = "Si le problème revient, envoyez une nouvelle réclamation."

# situation: (holder, what they must do, what one may do, the basis of the date). « service » is the loge or the Office,
# as the claim was given to. For nobody's turn the second is the whole sentence.
SITUATIONS = {
    "deposee": ("service", "Vous dire que la réclamation est reçue, et ce qui va être fait.", CALL, "commitment"),
    "accusee": ("service", "Régler le problème, ou vous dire comment il le sera.", CALL, "commitment"),
    "en_cours": ("service", "Régler le problème, ou vous dire quand quelqu’un passera.", CALL, "commitment"),
    "missed": ("service", "Personne n’est venu : vous proposer un nouveau passage.", CALL, "commitment"),
    "kept": (
        "service",
        "Quelqu’un est passé : vous dire ce qui a été fait, ou ce qui reste à faire.",
        CALL,
        "commitment",
    ),
    "cancelled": ("service", "Le passage est annulé : vous en proposer un autre.", CALL, "commitment"),
    "rouverte": ("service", "Ce n’est pas réparé : reprendre les travaux.", CALL, "commitment"),
    "attente_locataire": (
        "you",
        "Répondez à la question de l’Office, plus bas.",
        "Le délai de l’Office est arrêté tant que vous n’avez pas répondu. Vous pouvez aussi appeler votre loge.",
        "",
    ),
    "proposed": (
        "you",
        "Dites si le passage proposé vous convient.",
        "S’il ne vous convient pas, proposez un autre moment. Sans réponse, appelez votre loge.",
        "appointment",
    ),
    "proposed_over": (
        "office",
        "Le passage proposé n’a pas été confirmé : dire s’il a eu lieu, ou en proposer un autre.",
        CALL,
        "appointment",
    ),
    "other_time": ("office", "Répondre au moment que vous avez proposé.", CALL, "commitment"),
    "agreed": (
        "company",
        "Venir au moment convenu.",
        "Si personne ne vient, dites-le ici dès la fin du créneau : l’Office le verra aussitôt.",
        "appointment",
    ),
    "agreed_over": (
        "office",
        "Dire ce qui a été fait.",
        "Dites plus bas si quelqu’un est venu : l’Office le verra aussitôt.",
        "appointment",
    ),
    "ordered": ("company", "Faire les travaux commandés.", CALL, "commitment"),
    "intervention_realisee": (
        "you",
        "Dites si c’est réparé.",
        "Si ce n’est pas réparé, dites-le : la réclamation est rouverte. Sans réponse, elle sera terminée.",
        "thirty_days",
    ),
    "intervention_realisee_final": (
        "nobody",
        "Personne : 30 jours sont passés sans que le problème soit signalé de nouveau",
        AGAIN,
        "",
    ),
    "close": (
        "nobody",
        "Personne : c’est terminé",
        "Si ce n’est pas réparé, vous pouvez le dire jusqu’au {limit} : la réclamation est rouverte.",
        "",
    ),
    "close_final": ("nobody", "Personne : c’est terminé", AGAIN, ""),
    "refusee": (
        "nobody",
        "Personne : l’Office n’a pas donné suite",
        (
            "La raison est écrite plus bas. Si vous n’êtes pas d’accord, écrivez un message à l’Office ; vous pouvez "
            "aussi saisir la commission départementale de conciliation."
        ),
        "",
    ),
    "annulee": ("nobody", "Personne : la réclamation est retirée", AGAIN, ""),
}

LAW = {
    "decence": (
        "La loi donne deux mois à l’Office pour vous répondre, jusqu’au {day}. Après cette date, vous pouvez "
        "saisir la commission départementale de conciliation (loi du 6 juillet 1989, article 20-1)."
    ),
    "travaux_adaptation": (
        "Pour des travaux d’adaptation à vos frais, la loi donne deux mois à l’Office ; son silence vaut accord "
        "si la demande est envoyée en lettre recommandée (loi du 6 juillet 1989, article 7 f). Deux mois après "
        "cette réclamation : le {day}."
    ),
}
LAW_PASSED = {
    "decence": (
        "Les deux mois de la loi sont passés depuis le {day} : vous pouvez saisir la commission départementale "
        "de conciliation (loi du 6 juillet 1989, article 20-1)."
    ),
    "travaux_adaptation": (
        "Deux mois sont passés depuis le {day}. Si vous aviez envoyé la demande en lettre recommandée pour des "
        "travaux à vos frais, le silence de l’Office vaut accord (loi du 6 juillet 1989, article 7 f)."
    ),
}

# The same law and the same tasks, as the Office's side reads them.
LAW_AT_THE_OFFICE = {
    "decence": (
        "La loi donne deux mois à l’Office pour répondre, jusqu’au {day}. Après cette date, le locataire peut "
        "saisir la commission départementale de conciliation (loi du 6 juillet 1989, article 20-1)."
    ),
    "travaux_adaptation": (
        "Pour des travaux d’adaptation aux frais du locataire, la loi donne deux mois à l’Office ; son silence vaut "
        "accord si la demande est venue en lettre recommandée (loi du 6 juillet 1989, article 7 f). Deux mois après "
        "cette réclamation : le {day}."
    ),
}
LAW_PASSED_AT_THE_OFFICE = {
    "decence": (
        "Les deux mois de la loi sont passés depuis le {day} : le locataire peut saisir la commission "
        "départementale de conciliation (loi du 6 juillet 1989, article 20-1)."
    ),
    "travaux_adaptation": (
        "Deux mois sont passés depuis le {day}. Si la demande est venue en lettre recommandée, pour des travaux aux "
        "frais du locataire, le silence de l’Office vaut accord (loi du 6 juillet 1989, article 7 f)."
    ),
}
TASKS_AT_THE_OFFICE = {
    "deposee": "Accuser réception, et dire ce qui va être fait.",
    "accusee": "Régler le problème, ou dire au locataire comment il le sera.",
    "en_cours": "Régler le problème, ou dire au locataire quand quelqu’un passera.",
    "missed": "Personne n’est venu : proposer un nouveau passage.",
    "kept": "Quelqu’un est passé : dire au locataire ce qui a été fait, ou ce qui reste à faire.",
    "cancelled": "Le passage est annulé : en proposer un autre.",
    "rouverte": "Le locataire dit que ce n’est pas réparé : reprendre les travaux.",
    "attente_locataire": "Le locataire doit répondre à une question. Le délai est arrêté.",
    "proposed": "Le locataire doit dire si le passage lui convient.",
    "proposed_over": "Le passage n’a pas été confirmé : dire s’il a eu lieu, ou en proposer un autre.",
    "other_time": "Répondre au moment que le locataire propose.",
    "agreed": "Venir au moment convenu.",
    "agreed_over": "Le créneau est fini : dire si quelqu’un est venu, et ce qui a été fait.",
    "ordered": "Faire les travaux commandés.",
    "intervention_realisee": "Le locataire doit dire si c’est réparé. Sans réponse, elle sera terminée.",
    "intervention_realisee_final": "30 jours sont passés : le portail la termine cette nuit.",
    "close": "Le locataire peut encore la rouvrir.",
    "close_final": "Terminée.",
    "refusee": "Refusée.",
    "annulee": "Retirée par le locataire.",
}
