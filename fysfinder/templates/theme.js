try{let view=localStorage.getItem("visning");if(view=="more")document.documentElement.dataset.contrast=view;else if(view)document.documentElement.dataset.theme=view}catch{}
